package org.hongyan.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hongyan.server.account.TestAccounts.done;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

    private final TestAccounts room = TestAccounts.on(DATABASE, Clock.fixed(NOW, ZoneOffset.UTC));
    private final ApiKeys keys = room.apiKeys();

    @Test
    void aKeyIsFoundWithItsSecretUntilItIsDeleted() {
        AccountId account = room.activated("Keys");
        ApiKey key = done(keys.create(account, "billing", "owner"));
        assertThat(key.secretId()).matches("AKID[A-Za-z0-9]{32}");
        assertThat(key.secretKey()).matches("[A-Za-z0-9]{32}");
        assertThat(keys.find(key.secretId())).contains(key);

        AccountId other = room.activated("Other");
        assertThat(keys.delete(other, key.secretId(), "other")).isFalse();
        assertThat(keys.delete(account, key.secretId(), "owner")).isTrue();
        assertThat(keys.find(key.secretId())).isEmpty();
        assertThat(keys.list(account)).isEmpty();
    }

    @Test
    void theSecretKeyIsNotReadableInTheDatabase() {
        ApiKey key = done(keys.create(room.activated("Encrypted"), "", "owner"));
        byte[] stored = DATABASE.jdbc()
                .sql("SELECT secret_key FROM account_api_key WHERE secret_id = ?")
                .param(key.secretId())
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(key.secretKey());
    }

    @Test
    void anAccountHasOnlySoManyKeys() {
        AccountId account = room.activated("Many");
        for (int i = 0; i < 3; i++) {
            done(keys.create(account, "key " + i, "owner"));
        }
        assertThat(keys.create(account, "one more", "owner"))
                .isEqualTo(Outcome.refused(new Refusal.NotPermitted("account.key.create")));
    }

    @Test
    void useIsShownInTheList() {
        AccountId account = room.activated("Used");
        ApiKey key = done(keys.create(account, "", "owner"));
        assertThat(keys.list(account).getFirst().lastUsedAt()).isNull();
        keys.noteUse(key.secretId());
        assertThat(keys.list(account).getFirst().lastUsedAt()).isEqualTo(NOW);
    }

    @Test
    void nonsenseIsNoKey() {
        assertThat(keys.find("")).isEmpty();
        assertThat(keys.find("AKID\0")).isEmpty();
        assertThat(keys.find("' OR 1=1 --")).isEmpty();
        assertThat(keys.find("A".repeat(10_000))).isEmpty();
    }
}
