package org.hongyan.server.account;

import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of account_audit; they are added and read, never changed. */
@Repository
final class AuditRepository {

    private final JdbcClient jdbc;

    AuditRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(AuditTrail.Entry entry) {
        jdbc.sql("""
                        INSERT INTO account_audit (time, account_id, actor, action, object, detail)
                        VALUES (?, ?, ?, ?, ?, ?)""")
                .param(AccountRepository.at(entry.time()))
                .param(entry.account() == null ? null : entry.account().value())
                .param(entry.actor())
                .param(entry.action())
                .param(entry.object())
                .param(entry.detail())
                .update();
    }

    List<AuditTrail.Entry> latest(@Nullable AccountId account, int limit) {
        return jdbc.sql("""
                        SELECT time, account_id, actor, action, object, detail FROM account_audit
                        WHERE account_id = :account OR :account IS NULL
                        ORDER BY id DESC LIMIT :limit""")
                .param("account", account == null ? null : account.value(), Types.BIGINT)
                .param("limit", limit)
                .query((row, number) -> new AuditTrail.Entry(
                        row.getObject("time", OffsetDateTime.class).toInstant(),
                        AccountRepository.idOrNull(row),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("object"),
                        row.getString("detail")))
                .list();
    }
}
