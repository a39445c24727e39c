package org.hongyan.server.submission;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.event.MessageId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Idempotency keys, and the fate of transactions. */
@Repository
final class SubmissionRepository {

    private final JdbcClient jdbc;

    SubmissionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Names the running transaction, so that one can ask for its fate when its connection broke. */
    String currentTransaction() {
        return jdbc.sql("SELECT pg_current_xact_id()::text").query(String.class).single();
    }

    /** {@code committed}, {@code aborted}, {@code in progress}; empty when it is too old to be known. */
    Optional<String> fate(String transaction) {
        return jdbc.sql("SELECT pg_xact_status(?::xid8)")
                .param(transaction)
                .query((row, n) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    /** Names a key of an account. */
    record Key(AccountId account, String key) {}

    /** What a key stands for. */
    record Claim(Key key, byte[] contentHash, MessageId messageId) {}

    /**
     * Claims keys that are free or older than the cutoff; gives those that were. Waits for another transaction that is
     * claiming the same key. The order of the keys is fixed, so that two groups of commits do not deadlock.
     */
    Set<Key> claim(List<Claim> claims, Instant now, Instant cutoff) {
        List<Claim> ordered = claims.stream()
                .sorted(Comparator.comparingLong((Claim c) -> c.key().account().value())
                        .thenComparing(c -> c.key().key()))
                .toList();
        Set<Key> claimed = new HashSet<>();
        jdbc.sql("""
                        INSERT INTO submission_idempotency AS i (account_id, key, content_hash, message_id, accepted_at)
                        SELECT account_id, key, content_hash, message_id, ?
                          FROM unnest(?::bigint[], ?::text[], ?::bytea[], ?::text[])
                            AS t (account_id, key, content_hash, message_id)
                        ON CONFLICT (account_id, key) DO UPDATE
                           SET content_hash = EXCLUDED.content_hash, message_id = EXCLUDED.message_id,
                               accepted_at = EXCLUDED.accepted_at
                         WHERE i.accepted_at < ?
                        RETURNING account_id, key
                        """)
                .param(utc(now))
                .param(ordered.stream()
                        .mapToLong(c -> c.key().account().value())
                        .toArray())
                .param(ordered.stream().map(c -> c.key().key()).toArray(String[]::new))
                .param(ordered.stream().map(Claim::contentHash).toArray(byte[][]::new))
                .param(ordered.stream().map(c -> c.messageId().text()).toArray(String[]::new))
                .param(utc(cutoff))
                .query(row -> {
                    claimed.add(new Key(new AccountId(row.getLong(1)), row.getString(2)));
                });
        return claimed;
    }

    /** What taken keys stand for. */
    Map<Key, Claim> claims(List<Key> keys) {
        Map<Key, Claim> claims = new HashMap<>();
        jdbc.sql("""
                        SELECT i.account_id, i.key, i.content_hash, i.message_id
                          FROM submission_idempotency i
                          JOIN unnest(?::bigint[], ?::text[]) AS t (account_id, key) USING (account_id, key)
                        """)
                .param(keys.stream().mapToLong(k -> k.account().value()).toArray())
                .param(keys.stream().map(Key::key).toArray(String[]::new))
                .query(row -> {
                    Key key = new Key(new AccountId(row.getLong(1)), row.getString(2));
                    claims.put(key, new Claim(key, row.getBytes(3), new MessageId(row.getString(4))));
                });
        return claims;
    }

    /** Gives keys back whose submission is refused after all. */
    void release(List<Key> keys) {
        jdbc.sql("""
                        DELETE FROM submission_idempotency i
                         USING unnest(?::bigint[], ?::text[]) AS t (account_id, key)
                         WHERE i.account_id = t.account_id AND i.key = t.key
                        """)
                .param(keys.stream().mapToLong(k -> k.account().value()).toArray())
                .param(keys.stream().map(Key::key).toArray(String[]::new))
                .update();
    }

    int deleteBefore(Instant cutoff) {
        return jdbc.sql("DELETE FROM submission_idempotency WHERE accepted_at < ?")
                .param(utc(cutoff))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
