package org.hongyan.server.settings;

/** The table of settings as {@code docs/settings.md}. */
public final class SettingsPage {

    private SettingsPage() {}

    /** Markdown, a section for each room. */
    public static String markdown(SettingsCatalogue catalogue) {
        StringBuilder page = new StringBuilder("""
                # Settings

                Given as `--set name=value`, as lines `name=value` of the file named by `--settings`, or as environment
                variables (`store.url` is `HONGYAN_STORE_URL`). An unknown name or an impossible value stops the start.
                The operator sees all with their values in force under Settings. This page is made by
                `bin/hongyan settings`; a test keeps it true.
                """);
        String room = "";
        for (Setting setting : catalogue.settings()) {
            String here = setting.name().substring(0, setting.name().indexOf('.'));
            if (!here.equals(room)) {
                room = here;
                page.append("\n## ")
                        .append(room)
                        .append("\n\n| name | type | default | meaning |\n|---|---|---|---|\n");
            }
            page.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(setting.type())
                    .append(" | ")
                    .append(setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`")
                    .append(" | ")
                    .append(setting.meaning().replace("|", "\\|"))
                    .append(" |\n");
        }
        return page.toString();
    }
}
