package org.hongyan.server.settings;

import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/** Refuses, before anything is started, a setting that nobody knows or whose value makes no sense. */
public final class SettingsCheck {

    private SettingsCheck() {}

    /**
     * Checks names.
     *
     * @param given names without {@code hongyan.}, and values
     * @throws SettingsInvalid for the first that is unknown; with the names that look most like it
     */
    public static void names(SettingsCatalogue catalogue, Map<String, String> given) {
        for (String name : given.keySet()) {
            if (catalogue.owner(name).isEmpty()) {
                throw new SettingsInvalid("There is no setting " + name + "; the closest are "
                        + String.join(", ", catalogue.closestTo(name)) + ". All are in docs/settings.md.");
            }
        }
    }

    /**
     * Checks values, wherever they come from.
     *
     * @throws SettingsInvalid for the first that its room cannot understand
     */
    public static void values(SettingsCatalogue catalogue, ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        for (Class<?> type : catalogue.records()) {
            try {
                binder.bindOrCreate(SettingsCatalogue.prefixOf(type), Bindable.of(type));
            } catch (BindException e) {
                throw new SettingsInvalid(sentence(catalogue, e));
            }
        }
    }

    private static String sentence(SettingsCatalogue catalogue, BindException e) {
        ConfigurationPropertyName property = e.getName();
        Object value = e.getProperty() == null ? "" : e.getProperty().getValue();
        String name = property.toString().replaceFirst("^hongyan\\.", "");
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return catalogue
                .owner(name)
                .map(setting -> "The setting " + name + " cannot be "
                        + (setting.isSecret() ? "what is given" : "'" + value + "'") + ": it is a " + setting.type()
                        + ".")
                // A record that checks itself says in its own words what is wrong.
                .orElse("A setting of " + name + " is not right: " + firstLine(root) + ".");
    }

    private static String firstLine(Throwable problem) {
        return Arrays.stream(String.valueOf(problem.getMessage()).split("\n"))
                .findFirst()
                .orElse(problem.getClass().getSimpleName());
    }
}
