package org.hongyan.server.launch;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import org.hongyan.server.settings.SettingsCatalogue;
import org.hongyan.server.settings.SettingsPage;

/** {@code bin/hongyan settings}: prints the page of settings. */
public final class SettingsTool implements Tool {

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public String summary() {
        return "prints all settings with their defaults";
    }

    @Override
    public int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
        out.print(SettingsPage.markdown(SettingsCatalogue.discover()));
        return 0;
    }
}
