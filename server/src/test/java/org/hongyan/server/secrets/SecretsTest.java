package org.hongyan.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.store.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    private static final String KEY_1 = "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
    private static final String KEY_2 = "2 HxECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

    @TempDir
    private Path temporary;

    @Test
    void decryptsWhatItEncrypted() {
        Secrets secrets = secrets(KEY_1);
        byte[] sealed = secrets.encryptText("account.id-number 7", "110101199003070000 张三");
        assertThat(secrets.decryptText("account.id-number 7", sealed)).isEqualTo("110101199003070000 张三");
        assertThat(secrets.encryptText("account.id-number 7", "110101199003070000 张三"))
                .isNotEqualTo(sealed);
    }

    @Test
    void refusesASecretThatWasMovedOrChanged() {
        Secrets secrets = secrets(KEY_1);
        byte[] sealed = secrets.encryptText("account.id-number 7", "secret");
        assertThatThrownBy(() -> secrets.decrypt("account.id-number 8", sealed))
                .isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> secrets.decrypt("account.id-number 7", sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNewKeyEncryptsWhileTheOldStillDecrypts() {
        byte[] old = secrets(KEY_1).encryptText("x", "old");
        Secrets rotated = secrets(KEY_2 + KEY_1);
        assertThat(rotated.decryptText("x", old)).isEqualTo("old");
        byte[] fresh = rotated.encryptText("x", "new");
        assertThatThrownBy(() -> secrets(KEY_1).decrypt("x", fresh)).isInstanceOf(MasterKeyUnusable.class);
    }

    @Test
    void aDamagedFileIsNamedInTheError() {
        assertThatThrownBy(() -> MasterKeys.parse("1 AAEC\n", "/keys/master.key"))
                .isInstanceOf(MasterKeyUnusable.class)
                .hasMessageContaining("/keys/master.key");
        assertThatThrownBy(() -> MasterKeys.parse("# nothing\n", "/keys/master.key"))
                .isInstanceOf(MasterKeyUnusable.class);
    }

    @Test
    void theServiceDoesNotStartWithTheKeyOfAnotherDatabase() throws Exception {
        SecretsRepository repository =
                new SecretsRepository(TestDatabase.fresh().jdbc());
        SecretsConfiguration configuration = new SecretsConfiguration();
        SecretsProperties settings = new SecretsProperties("");
        try (DataFolder folder = DataFolder.claim(temporary)) {
            Secrets first = configuration.secrets(settings, folder, repository);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("master.key"))))
                    .isEqualTo("rw-------");
            byte[] sealed = first.encryptText("x", "kept");
            assertThat(configuration.secrets(settings, folder, repository).decryptText("x", sealed))
                    .isEqualTo("kept");

            Files.writeString(folder.resolve("master.key"), MasterKeys.fresh(new SecureRandom()));
            assertThatThrownBy(() -> configuration.secrets(settings, folder, repository))
                    .isInstanceOf(MasterKeyUnusable.class)
                    .hasMessageContaining("is not the one");

            Files.delete(folder.resolve("master.key"));
            assertThatThrownBy(() -> configuration.secrets(settings, folder, repository))
                    .isInstanceOf(MasterKeyUnusable.class)
                    .hasMessageContaining("is missing");
        }
    }

    private static Secrets secrets(String file) {
        return new Secrets(MasterKeys.parse(file, "test"), new SecureRandom());
    }
}
