package org.hongyan.server.console;

import java.util.List;
import org.hongyan.server.settings.Setting;
import org.hongyan.server.settings.SettingsCatalogue;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Every setting in force, for the operator to see; a secret's value is never shown. */
@Controller
final class SettingsPages {

    private static final String PREFIX = "hongyan.";

    /** One line: the value in force beside the default. */
    record Line(String key, String value, String defaultValue, String meaning, boolean changed) {}

    private final List<Setting> settings = SettingsCatalogue.discover().settings();
    private final Environment environment;

    SettingsPages(Environment environment) {
        this.environment = environment;
    }

    @GetMapping("/operator/settings")
    String list(Model model) {
        model.addAttribute("settings", settings.stream().map(this::line).toList());
        return "console/operator/settings";
    }

    private Line line(Setting setting) {
        String given = environment.getProperty(PREFIX + setting.name());
        String value = given == null ? setting.defaultText() : given;
        boolean changed = given != null && !given.equals(setting.defaultText());
        return new Line(
                setting.name(),
                setting.isSecret() && !value.isEmpty() ? "••••••" : value,
                setting.defaultText(),
                setting.meaning(),
                changed);
    }
}
