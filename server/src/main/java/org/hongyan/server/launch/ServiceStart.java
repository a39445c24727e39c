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

    private ServiceStart() {}

    /** Returns 0 once the service runs; its threads keep the process alive. */
    static int start(Command.Run run, PrintStream out, PrintStream err) {
        SettingsCatalogue catalogue = SettingsCatalogue.discover();
        try {
            SettingsCheck.names(catalogue, run.settings());
            SpringApplication application = new SpringApplication(HongyanApplication.class);
            if (run.mode() == Command.Mode.SANDBOX) {
                application.setAdditionalProfiles("sandbox");
            }
            application.setLogStartupInfo(false);
            application.setRegisterShutdownHook(true);
            application.addInitializers(context -> {
                addSettings(context.getEnvironment(), run.settings());
                SettingsCheck.values(catalogue, context.getEnvironment());
            });
            ConfigurableApplicationContext context = application.run();
            context.getBeansOfType(Greeting.class).values().forEach(greeting -> out.print(greeting.text()));
            out.flush();
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

    private static void addSettings(ConfigurableEnvironment environment, Map<String, String> settings) {
        Map<String, Object> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("hongyan." + name, value));
        environment.getPropertySources().addFirst(new MapPropertySource("command line", properties));
    }
}
