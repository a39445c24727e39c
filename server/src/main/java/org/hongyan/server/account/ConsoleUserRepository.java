package org.hongyan.server.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of account_user. */
@Repository
final class ConsoleUserRepository {

    private static final String COLUMNS = "id, account_id, login_name, role, language";

    private final JdbcClient jdbc;

    ConsoleUserRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty when the login name is taken. */
    Optional<ConsoleUser> insert(
            @Nullable AccountId account, String loginName, Role role, String hash, String language, Instant now) {
        return jdbc.sql("""
                        INSERT INTO account_user (account_id, login_name, role, password_hash, language, created_at)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        RETURNING %s""".formatted(COLUMNS))
                .param(account == null ? null : account.value())
                .param(loginName)
                .param(role.name())
                .param(hash)
                .param(language)
                .param(AccountRepository.at(now))
                .query(ConsoleUserRepository::user)
                .optional();
    }

    Optional<ConsoleUser> find(long id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM account_user WHERE id = ? AND disabled_at IS NULL")
                .param(id)
                .query(ConsoleUserRepository::user)
                .optional();
    }

    /** A user with the hash of the password. */
    record WithHash(ConsoleUser user, String hash) {}

    Optional<WithHash> findWithHash(String loginName) {
        return jdbc.sql("SELECT " + COLUMNS + """
                        , password_hash FROM account_user
                        WHERE lower(login_name) = lower(?) AND disabled_at IS NULL""")
                .param(loginName)
                .query((row, number) -> new WithHash(user(row, number), row.getString("password_hash")))
                .optional();
    }

    List<ConsoleUser> list(AccountId account) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM account_user WHERE account_id = ? AND disabled_at IS NULL ORDER BY id")
                .param(account.value())
                .query(ConsoleUserRepository::user)
                .list();
    }

    /** Who runs the service. */
    List<ConsoleUser> staff() {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM account_user WHERE account_id IS NULL AND disabled_at IS NULL ORDER BY id")
                .query(ConsoleUserRepository::user)
                .list();
    }

    void changeHash(long id, String hash) {
        jdbc.sql("UPDATE account_user SET password_hash = ? WHERE id = ?")
                .param(hash)
                .param(id)
                .update();
    }

    void changeLanguage(long id, String language) {
        jdbc.sql("UPDATE account_user SET language = ? WHERE id = ?")
                .param(language)
                .param(id)
                .update();
    }

    void disable(long id, Instant now) {
        jdbc.sql("UPDATE account_user SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL")
                .param(AccountRepository.at(now))
                .param(id)
                .update();
    }

    static ConsoleUser user(ResultSet row, int number) throws SQLException {
        return new ConsoleUser(
                row.getLong("id"),
                AccountRepository.idOrNull(row),
                row.getString("login_name"),
                Role.valueOf(row.getString("role")),
                row.getString("language"));
    }
}
