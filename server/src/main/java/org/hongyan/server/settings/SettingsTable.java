package org.hongyan.server.settings;

import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Every setting with the value in force, for the operator's page. Immutable. */
@Component
public final class SettingsTable {

    /**
     * A row.
     *
     * @param value in force; a bullet for each secret that is set
     * @param changed whether it was given, by command line, file or environment
     */
    public record Row(Setting setting, String value, boolean changed) {}

    private final Environment environment;

    SettingsTable(Environment environment) {
        this.environment = environment;
    }

    /** By name. Looks through the classes: for a page, not for a hot path. */
    public List<Row> rows() {
        return SettingsCatalogue.discover().settings().stream()
                .map(setting -> row(setting, environment))
                .toList();
    }

    private static Row row(Setting setting, Environment environment) {
        String given = environment.getProperty(SettingsCatalogue.PREFIX + setting.name());
        if (given == null) {
            return new Row(setting, setting.defaultText(), false);
        }
        return new Row(setting, setting.isSecret() && !given.isEmpty() ? "•••" : given, true);
    }
}
