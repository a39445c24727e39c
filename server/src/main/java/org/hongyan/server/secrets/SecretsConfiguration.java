package org.hongyan.server.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.hongyan.server.store.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretsProperties.class)
class SecretsConfiguration {

    private static final String CHECK = "secrets.check";
    private static final String MASTER_KEY = "master.key";

    /**
     * Refuses to start with a key that is not this database's: otherwise a second node, or one whose key file was lost,
     * would work until the first secret is needed, and write new ones that nobody else can read.
     */
    @Bean
    Secrets secrets(SecretsProperties settings, DataFolder folder, SecretsRepository repository) {
        boolean elsewhere = !settings.masterKeyFile().isBlank();
        Path file = elsewhere ? Path.of(settings.masterKeyFile()) : folder.resolve(MASTER_KEY);
        Optional<byte[]> check = repository.check();
        if (!Files.exists(file)) {
            if (check.isPresent() || elsewhere) {
                throw new MasterKeyUnusable("The master key file " + file
                        + " is missing: put it back, the secrets in the database cannot be read without it.");
            }
            folder.writePrivate(MASTER_KEY, MasterKeys.fresh(new SecureRandom()));
        }
        Secrets secrets = new Secrets(MasterKeys.parse(read(file), file.toString()), new SecureRandom());
        if (check.isEmpty()) {
            repository.writeCheck(secrets.encryptText(CHECK, "ok"));
            check = repository.check();
        }
        try {
            secrets.decrypt(CHECK, check.orElseThrow());
            return secrets;
        } catch (IllegalStateException | MasterKeyUnusable e) {
            throw new MasterKeyUnusable(
                    "The master key file " + file + " is not the one that this database was encrypted with.", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new MasterKeyUnusable("The master key file " + file + " cannot be read.", e);
        }
    }
}
