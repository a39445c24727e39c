package org.hongyan.server.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of account_account. */
@Repository
final class AccountRepository {

    private static final String COLUMNS = "id, name, state, own_content_allowed, created_at";

    private final JdbcClient jdbc;

    AccountRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Account insert(String name, AccountState state, Instant now) {
        return jdbc.sql("""
                        INSERT INTO account_account (name, state, created_at) VALUES (?, ?, ?)
                        RETURNING %s""".formatted(COLUMNS))
                .param(name)
                .param(state.name())
                .param(at(now))
                .query(AccountRepository::account)
                .single();
    }

    Optional<Account> find(AccountId id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM account_account WHERE id = ?")
                .param(id.value())
                .query(AccountRepository::account)
                .optional();
    }

    List<Account> list(long afterId, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM account_account WHERE id > ? ORDER BY id LIMIT ?")
                .param(afterId)
                .param(limit)
                .query(AccountRepository::account)
                .list();
    }

    List<Account> inState(AccountState state, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM account_account WHERE state = ? ORDER BY id LIMIT ?")
                .param(state.name())
                .param(limit)
                .query(AccountRepository::account)
                .list();
    }

    /** Moves an account on; false when it is not (any more) where it should come from. */
    boolean move(AccountId id, AccountState from, AccountState to) {
        return jdbc.sql("UPDATE account_account SET state = ? WHERE id = ? AND state = ?")
                        .param(to.name())
                        .param(id.value())
                        .param(from.name())
                        .update()
                == 1;
    }

    boolean suspend(AccountId id) {
        return jdbc.sql("""
                        UPDATE account_account SET state_before = state, state = 'SUSPENDED'
                        WHERE id = ? AND state <> 'SUSPENDED'""").param(id.value()).update() == 1;
    }

    boolean resume(AccountId id) {
        return jdbc.sql("""
                        UPDATE account_account SET state = state_before, state_before = NULL
                        WHERE id = ? AND state = 'SUSPENDED'""").param(id.value()).update() == 1;
    }

    /** Stores the form while the operator has not confirmed one. */
    boolean submitRealName(AccountId id, RealName.Kind kind, String name, byte[] sealedNumber, Instant now) {
        return jdbc.sql("""
                        UPDATE account_account
                        SET real_name_kind = ?, real_name = ?, real_name_number = ?, real_name_submitted_at = ?,
                            state = 'REAL_NAME_AWAITING'
                        WHERE id = ? AND state IN ('REGISTERED', 'REAL_NAME_AWAITING')""")
                        .param(kind.name())
                        .param(name)
                        .param(sealedNumber)
                        .param(at(now))
                        .param(id.value())
                        .update()
                == 1;
    }

    /** The form with its number still encrypted. */
    record SealedRealName(RealName.Kind kind, String name, byte[] number) {}

    Optional<SealedRealName> realName(AccountId id) {
        return jdbc.sql("""
                        SELECT real_name_kind, real_name, real_name_number FROM account_account
                        WHERE id = ? AND real_name_kind IS NOT NULL""")
                .param(id.value())
                .query((row, number) ->
                        new SealedRealName(RealName.Kind.valueOf(row.getString(1)), row.getString(2), row.getBytes(3)))
                .optional();
    }

    boolean allowOwnContent(AccountId id, boolean allowed) {
        return jdbc.sql("UPDATE account_account SET own_content_allowed = ? WHERE id = ?")
                        .param(allowed)
                        .param(id.value())
                        .update()
                == 1;
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                new AccountId(row.getLong("id")),
                row.getString("name"),
                AccountState.valueOf(row.getString("state")),
                row.getBoolean("own_content_allowed"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static @Nullable AccountId idOrNull(ResultSet row) throws SQLException {
        long id = row.getLong("account_id");
        return row.wasNull() ? null : new AccountId(id);
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
