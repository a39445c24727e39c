package org.hongyan.server.sender;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table sender_dkim_key. Private keys go in and come out encrypted. */
@Repository
class DkimKeyRepository {

    private final JdbcClient jdbc;

    DkimKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(long domainId, String selector, byte[] encryptedKey, String publicRecord, Instant now) {
        jdbc.sql("""
                        INSERT INTO sender_dkim_key (domain_id, selector, private_key, public_record, created_at)
                        VALUES (:domain, :selector, :key, :record, :now)
                        """)
                .param("domain", domainId)
                .param("selector", selector)
                .param("key", encryptedKey)
                .param("record", publicRecord)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Oldest first. */
    List<StoredKey> ofDomain(long domainId) {
        return jdbc.sql("""
                        SELECT id, domain_id, selector, public_record, created_at, passed_at
                        FROM sender_dkim_key WHERE domain_id = :domain ORDER BY id
                        """)
                .param("domain", domainId)
                .query(DkimKeyRepository::key)
                .list();
    }

    void markPassed(long domainId, String selector, Instant now) {
        jdbc.sql("""
                        UPDATE sender_dkim_key SET passed_at = :now
                        WHERE domain_id = :domain AND selector = :selector AND passed_at IS NULL
                        """)
                .param("domain", domainId)
                .param("selector", selector)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM sender_dkim_key WHERE id = :id").param("id", id).update();
    }

    /**
     * The key that signs: the newest whose record was right when last looked at; else the newest that was ever right;
     * else the oldest there is.
     */
    Optional<SigningKey> signing(DomainName domain) {
        return jdbc.sql("""
                        SELECT k.id, k.selector, k.private_key, k.public_record
                        FROM sender_dkim_key k
                        JOIN sender_domain d ON d.id = k.domain_id
                        LEFT JOIN sender_domain_record r
                          ON r.domain_id = d.id AND r.kind = 'DKIM' AND r.selector = k.selector
                        WHERE d.name = :name
                        ORDER BY CASE WHEN r.status = 'PASS' THEN 0
                                      -- was right, and nothing is known to be wrong now
                                      WHEN k.passed_at IS NOT NULL AND r.status = 'TIMED_OUT' THEN 1
                                      WHEN k.passed_at IS NOT NULL THEN 2
                                      ELSE 3 END,
                                 CASE WHEN k.passed_at IS NULL THEN k.id ELSE -k.id END
                        LIMIT 1
                        """)
                .param("name", domain.ascii())
                .query((row, number) -> new SigningKey(
                        row.getLong("id"),
                        row.getString("selector"),
                        row.getBytes("private_key"),
                        row.getString("public_record")))
                .optional();
    }

    /** A key as it is stored. */
    record SigningKey(long id, String selector, byte[] encryptedKey, String publicRecord) {}

    private static StoredKey key(ResultSet row, int number) throws SQLException {
        OffsetDateTime passedAt = row.getObject("passed_at", OffsetDateTime.class);
        return new StoredKey(
                row.getLong("id"),
                row.getLong("domain_id"),
                row.getString("selector"),
                row.getString("public_record"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                passedAt == null ? null : passedAt.toInstant());
    }
}
