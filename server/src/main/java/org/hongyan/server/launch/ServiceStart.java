package org.hongyan.server.launch;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hongyan.server.HongyanApplication;
import org.hongyan.server.settings.SettingsCatalogue;
import org.hongyan.server.settings.SettingsCheck;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts Spring with the settings of the command line. */
final class ServiceStart {

    /** System property of the build's trial start, which ends as soon as everything runs. */
    private static final String TRIAL = "hongyan.trial";

    private ServiceStart() {}

    /** Returns 0 once the service runs; its threads keep the process alive. */
    static int start(Command.Run run, PrintStream out, PrintStream err) {
        try {
            ConfigurableApplicationContext context = open(run);
            // Ctrl-C may have come before the end of the start: then there is nobody to greet.
            if (context.isActive()) {
                context.getBeansOfType(Greeting.class).values().forEach(greeting -> out.print(greeting.text()));
                out.flush();
            }
            if (Boolean.getBoolean(TRIAL)) {
                context.close();
            }
            return 0;
        } catch (RuntimeException e) {
            Optional<String> sentence = StartFailure.explain(e);
            if (sentence.isPresent()) {
                err.println("hongyan: " + sentence.get());
            } else {
                err.println("hongyan: the service does not start, for a reason that it does not know itself:");
                e.printStackTrace(err);
            }
            return 1;
        }
    }

    /** Checks the settings and starts Spring; throws what {@link StartFailure} can explain. */
    static ConfigurableApplicationContext open(Command.Run run) {
        SettingsCatalogue catalogue = SettingsCatalogue.discover();
        SettingsCheck.names(catalogue, run.settings());
        SpringApplication application = new SpringApplication(HongyanApplication.class);
        if (run.mode() == Command.Mode.SANDBOX) {
            application.setAdditionalProfiles("sandbox");
        }
        application.setLogStartupInfo(false);
        application.addInitializers(context -> {
            ConfigurableEnvironment environment = context.getEnvironment();
            put("command line", environment, prefixed(run.settings()));
            SettingsCheck.values(catalogue, environment);
            put("free ports", environment, Ports.settle(run.mode(), Boolean.getBoolean(TRIAL), catalogue, environment));
        });
        return application.run();
    }

    private static Map<String, Object> prefixed(Map<String, String> settings) {
        Map<String, Object> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("hongyan." + name, value));
        return properties;
    }

    private static void put(String origin, ConfigurableEnvironment environment, Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource(origin, properties));
    }
}
