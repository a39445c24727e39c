package org.hongyan.server.account;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of account_session and account_sign_in_failure. */
@Repository
final class ConsoleSessionRepository {

    private final JdbcClient jdbc;

    ConsoleSessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(byte[] tokenHash, long userId, Instant now) {
        jdbc.sql("INSERT INTO account_session (token_hash, user_id, created_at, last_seen_at) VALUES (?, ?, ?, ?)")
                .param(tokenHash)
                .param(userId)
                .param(AccountRepository.at(now))
                .param(AccountRepository.at(now))
                .update();
    }

    /** Whose session it is. */
    record Found(ConsoleUser user, Instant lastSeenAt) {}

    Optional<Found> find(byte[] tokenHash, Instant createdAfter, Instant seenAfter) {
        return jdbc.sql("""
                        SELECT u.id, u.account_id, u.login_name, u.role, u.language, s.last_seen_at
                        FROM account_session s JOIN account_user u ON u.id = s.user_id
                        WHERE s.token_hash = ? AND s.created_at > ? AND s.last_seen_at > ? AND u.disabled_at IS NULL""")
                .param(tokenHash)
                .param(AccountRepository.at(createdAfter))
                .param(AccountRepository.at(seenAfter))
                .query((row, number) -> new Found(
                        ConsoleUserRepository.user(row, number),
                        row.getObject("last_seen_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void seen(byte[] tokenHash, Instant now) {
        jdbc.sql("UPDATE account_session SET last_seen_at = ? WHERE token_hash = ?")
                .param(AccountRepository.at(now))
                .param(tokenHash)
                .update();
    }

    void delete(byte[] tokenHash) {
        jdbc.sql("DELETE FROM account_session WHERE token_hash = ?")
                .param(tokenHash)
                .update();
    }

    void deleteOf(long userId) {
        jdbc.sql("DELETE FROM account_session WHERE user_id = ?").param(userId).update();
    }

    void deleteStale(Instant seenBefore, Instant createdBefore, Instant failedBefore) {
        jdbc.sql("DELETE FROM account_session WHERE last_seen_at < ? OR created_at < ?")
                .param(AccountRepository.at(seenBefore))
                .param(AccountRepository.at(createdBefore))
                .update();
        jdbc.sql("DELETE FROM account_sign_in_failure WHERE last_at < ?")
                .param(AccountRepository.at(failedBefore))
                .update();
    }

    /** Bad passwords of late. */
    record Failures(int ofNameAndAddress, int ofAddress) {}

    Failures failures(String loginName, String address, Instant since) {
        return jdbc.sql("""
                        SELECT coalesce(sum(failures) FILTER (WHERE login_name = :name), 0), coalesce(sum(failures), 0)
                        FROM account_sign_in_failure WHERE address = :address AND last_at > :since""")
                .param("name", loginName)
                .param("address", address)
                .param("since", AccountRepository.at(since))
                .query((row, number) -> new Failures(row.getInt(1), row.getInt(2)))
                .single();
    }

    /** Counts a bad password; what is older than {@code since} is forgotten. */
    void failed(String loginName, String address, Instant since, Instant now) {
        jdbc.sql("""
                        INSERT INTO account_sign_in_failure AS f (login_name, address, failures, last_at)
                        VALUES (:name, :address, 1, :now)
                        ON CONFLICT (login_name, address) DO UPDATE
                        SET failures = CASE WHEN f.last_at > :since THEN f.failures + 1 ELSE 1 END, last_at = :now""")
                .param("name", loginName)
                .param("address", address)
                .param("since", AccountRepository.at(since))
                .param("now", AccountRepository.at(now))
                .update();
    }

    void forgiven(String loginName, String address) {
        jdbc.sql("DELETE FROM account_sign_in_failure WHERE login_name = ? AND address = ?")
                .param(loginName)
                .param(address)
                .update();
    }
}
