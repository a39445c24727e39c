package org.hongyan.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives a test's service a database and a data folder of its own. */
final class OnFreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestDatabase database = TestDatabase.fresh();
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "node-");
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "fresh database",
                            Map.of(
                                    "hongyan.store.url", database.url(),
                                    "hongyan.store.user", database.user(),
                                    "hongyan.store.password", database.password(),
                                    "hongyan.store.folder", folder.toString(),
                                    "hongyan.feedback.port", "0",
                                    "hongyan.smtp.submission-port", "0",
                                    "hongyan.smtp.submissions-port", "0")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
