package org.hongyan.server.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of account_api_key. A deleted key stays as a row, so that the audit trail can still say whose it was. */
@Repository
final class ApiKeyRepository {

    private final JdbcClient jdbc;

    ApiKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A key whose secret is still encrypted. */
    record SealedKey(AccountId account, byte[] secretKey) {}

    void insert(AccountId account, String secretId, byte[] secretKey, String description, Instant now) {
        jdbc.sql("""
                        INSERT INTO account_api_key (secret_id, account_id, description, secret_key, created_at)
                        VALUES (?, ?, ?, ?, ?)""")
                .param(secretId)
                .param(account.value())
                .param(description)
                .param(secretKey)
                .param(AccountRepository.at(now))
                .update();
    }

    /** Locks the account's row, so that two keys made at once cannot both be the last one allowed. */
    int countForUpdate(AccountId account) {
        jdbc.sql("SELECT id FROM account_account WHERE id = ? FOR UPDATE")
                .param(account.value())
                .query(Long.class)
                .single();
        return jdbc.sql("SELECT count(*) FROM account_api_key WHERE account_id = ? AND disabled_at IS NULL")
                .param(account.value())
                .query(Integer.class)
                .single();
    }

    Optional<SealedKey> find(String secretId) {
        return jdbc.sql("""
                        SELECT account_id, secret_key FROM account_api_key
                        WHERE secret_id = ? AND disabled_at IS NULL""")
                .param(secretId)
                .query((row, number) -> new SealedKey(new AccountId(row.getLong(1)), row.getBytes(2)))
                .optional();
    }

    List<ApiKeyInfo> list(AccountId account) {
        return jdbc.sql("""
                        SELECT secret_id, description, created_at, last_used_at FROM account_api_key
                        WHERE account_id = ? AND disabled_at IS NULL ORDER BY created_at, secret_id""")
                .param(account.value())
                .query((row, number) -> {
                    OffsetDateTime used = row.getObject("last_used_at", OffsetDateTime.class);
                    return new ApiKeyInfo(
                            row.getString("secret_id"),
                            row.getString("description"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            used == null ? null : used.toInstant());
                })
                .list();
    }

    boolean disable(AccountId account, String secretId, Instant now) {
        return jdbc.sql("""
                        UPDATE account_api_key SET disabled_at = ?
                        WHERE account_id = ? AND secret_id = ? AND disabled_at IS NULL""")
                        .param(AccountRepository.at(now))
                        .param(account.value())
                        .param(secretId)
                        .update()
                == 1;
    }

    void used(String secretId, Instant now) {
        jdbc.sql("UPDATE account_api_key SET last_used_at = greatest(last_used_at, ?) WHERE secret_id = ?")
                .param(AccountRepository.at(now))
                .param(secretId)
                .update();
    }
}
