package org.hongyan.server.suppression;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Suppressed addresses and unsubscribed people. */
@Repository
final class SuppressionRepository {

    private final JdbcClient jdbc;

    SuppressionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SuppressionList.Entry> list(AccountId account, String part, Instant now, int offset, int limit) {
        return jdbc.sql("""
                        SELECT address, reason, since, until, source
                          FROM suppression_address
                         WHERE account_id = ? AND (until IS NULL OR until > ?)
                           AND (? = '' OR strpos(address_key, ?) > 0)
                         ORDER BY since DESC, address_key
                        OFFSET ? LIMIT ?
                        """)
                .param(account.value())
                .param(utc(now))
                .param(part)
                .param(part)
                .param(offset)
                .param(limit)
                .query((row, n) -> {
                    @Nullable OffsetDateTime until = row.getObject(4, OffsetDateTime.class);
                    return new SuppressionList.Entry(
                            row.getString(1),
                            SuppressionList.Reason.valueOf(row.getString(2)),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            until == null ? null : until.toInstant(),
                            row.getString(5));
                })
                .list();
    }

    /** Adds; an entry that is over or ends earlier is replaced, any other stays. */
    void add(
            AccountId account,
            EmailAddress address,
            SuppressionList.Reason reason,
            String source,
            @Nullable Instant until,
            Instant now) {
        jdbc.sql("""
                        INSERT INTO suppression_address AS s (account_id, address_key, address, reason, since, until, source)
                        VALUES (?, ?, ?, ?, ?, ?::timestamptz, ?)
                        ON CONFLICT (account_id, address_key) DO UPDATE
                           SET address = EXCLUDED.address, reason = EXCLUDED.reason, since = EXCLUDED.since,
                               until = EXCLUDED.until, source = EXCLUDED.source
                         WHERE s.until IS NOT NULL AND (EXCLUDED.until IS NULL OR s.until < EXCLUDED.until)
                        """)
                .param(account.value())
                .param(address.comparisonKey())
                .param(address.toString())
                .param(reason.name())
                .param(utc(now))
                .param(until == null ? null : utc(until))
                .param(storable(source))
                .update();
    }

    boolean remove(AccountId account, EmailAddress address, Instant now) {
        return jdbc.sql("""
                                DELETE FROM suppression_address
                                 WHERE account_id = ? AND address_key = ? RETURNING until IS NULL OR until > ?
                                """)
                .param(account.value())
                .param(address.comparisonKey())
                .param(utc(now))
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    int deleteOver(Instant now) {
        return jdbc.sql("DELETE FROM suppression_address WHERE until < ?")
                .param(utc(now))
                .update();
    }

    List<SuppressionList.Unsubscribe> unsubscribes(AccountId account, String part, int offset, int limit) {
        return jdbc.sql("""
                        SELECT address, domain, since
                          FROM suppression_unsubscribe
                         WHERE account_id = ? AND (? = '' OR strpos(address_key, ?) > 0)
                         ORDER BY since DESC, domain, address_key
                        OFFSET ? LIMIT ?
                        """)
                .param(account.value())
                .param(part)
                .param(part)
                .param(offset)
                .param(limit)
                .query((row, n) -> new SuppressionList.Unsubscribe(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** False when the person had unsubscribed before. */
    boolean unsubscribe(AccountId account, String domain, EmailAddress address, String source, Instant now) {
        return jdbc.sql("""
                                INSERT INTO suppression_unsubscribe (account_id, domain, address_key, address, since, source)
                                VALUES (?, ?, ?, ?, ?, ?)
                                ON CONFLICT DO NOTHING
                                """)
                        .param(account.value())
                        .param(domain)
                        .param(address.comparisonKey())
                        .param(address.toString())
                        .param(utc(now))
                        .param(storable(source))
                        .update()
                == 1;
    }

    /** A recipient that must not be mailed. */
    record Hit(int index, Optional<String> reason) {}

    /** Which of these are suppressed or unsubscribed, by their place in the arrays; the reason is empty for the latter. */
    List<Hit> hits(long[] accounts, String[] domains, String[] addressKeys, Instant now) {
        return jdbc.sql("""
                        WITH wanted AS MATERIALIZED (
                            SELECT account_id, domain, address_key, n
                              FROM unnest(?::bigint[], ?::text[], ?::text[]) WITH ORDINALITY
                                AS t (account_id, domain, address_key, n)
                        )
                        SELECT w.n, s.reason
                          FROM wanted w JOIN suppression_address s USING (account_id, address_key)
                         WHERE s.until IS NULL OR s.until > ?
                        UNION ALL
                        SELECT w.n, NULL
                          FROM wanted w JOIN suppression_unsubscribe u USING (account_id, domain, address_key)
                        """)
                .param(accounts)
                .param(domains)
                .param(addressKeys)
                .param(utc(now))
                .query((row, n) -> new Hit(row.getInt(1) - 1, Optional.ofNullable(row.getString(2))))
                .list();
    }

    /** The key that signs unsubscribe links, encrypted; made by the first node that asks. */
    byte[] linkKey(byte[] fresh) {
        jdbc.sql("INSERT INTO suppression_key (id, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING")
                .param(fresh)
                .update();
        return jdbc.sql("SELECT sealed FROM suppression_key WHERE id = 1")
                .query(byte[].class)
                .single();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String storable(String text) {
        String cut = text.length() <= 500 ? text : text.substring(0, 500);
        return cut.replace('\0', ' ').replaceAll("[\\ud800-\\udfff]", "?");
    }
}
