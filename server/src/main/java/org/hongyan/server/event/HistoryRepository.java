package org.hongyan.server.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hongyan.mail.report.BounceCategory;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the ledger, always for one account. */
@Repository
final class HistoryRepository {

    private static final String COLUMNS = """
            SELECT message_id, recipient, sender, subject, state, category, last_reply, accepted_at, first_attempt_at,
                   settled_at, next_attempt_at, attempts, opened, clicked, unsubscribed, complained
              FROM event_recipient
            """;

    private final JdbcClient jdbc;

    HistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<RecipientStatus> find(AccountId account, MessageHistory.Question question, int offset, int limit) {
        Instant from = question.from();
        Instant until = question.until();
        @Nullable MessageId messageId = question.messageId();
        @Nullable String recipient = question.recipient();
        if (messageId != null) {
            // The ID tells its second: one partition instead of as many as the question has days.
            from = later(from, messageId.acceptedSecond());
            until = earlier(until, messageId.acceptedSecond().plusSeconds(1));
        }
        StringBuilder sql = new StringBuilder(COLUMNS)
                .append(" WHERE account_id = :account AND accepted_at >= :from AND accepted_at < :until");
        if (messageId != null) {
            sql.append(" AND message_id = :messageId");
        }
        if (recipient != null) {
            sql.append(" AND lower(recipient) = :recipient");
        }
        sql.append(" ORDER BY accepted_at DESC, message_id, ordinal OFFSET :offset LIMIT :limit");
        JdbcClient.StatementSpec statement = jdbc.sql(sql.toString())
                .param("account", account.value())
                .param("from", EventRepository.utc(from))
                .param("until", EventRepository.utc(until))
                .param("offset", offset)
                .param("limit", limit);
        if (messageId != null) {
            statement = statement.param("messageId", messageId.text());
        }
        if (recipient != null) {
            statement = statement.param("recipient", recipient.toLowerCase(Locale.ROOT));
        }
        return statement.query(HistoryRepository::status).list();
    }

    List<RecipientStatus> recipients(AccountId account, MessageId messageId) {
        Instant second = messageId.acceptedSecond();
        return jdbc.sql(COLUMNS
                        + " WHERE accepted_at >= ? AND accepted_at < ? AND message_id = ? AND account_id = ?"
                        + " ORDER BY ordinal")
                .param(EventRepository.utc(second))
                .param(EventRepository.utc(second.plusSeconds(1)))
                .param(messageId.text())
                .param(account.value())
                .query(HistoryRepository::status)
                .list();
    }

    List<MessageHistory.Line> lines(AccountId account, MessageId messageId) {
        return jdbc.sql("""
                        SELECT at, recipient, kind, detail
                          FROM event_event
                         WHERE at >= ? AND message_id = ? AND account_id = ?
                         ORDER BY at, xid, id
                        """)
                .param(EventRepository.utc(messageId.acceptedSecond()))
                .param(messageId.text())
                .param(account.value())
                .query((row, n) ->
                        new MessageHistory.Line(time(row, 1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    private static RecipientStatus status(ResultSet row, int n) throws SQLException {
        return new RecipientStatus(
                new MessageId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                RecipientState.valueOf(row.getString(5)),
                category(row.getString(6)),
                row.getString(7),
                time(row, 8),
                EventRepository.instant(row, 9),
                EventRepository.instant(row, 10),
                EventRepository.instant(row, 11),
                row.getInt(12),
                row.getBoolean(13),
                row.getBoolean(14),
                row.getBoolean(15),
                row.getBoolean(16));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        @Nullable Instant time = EventRepository.instant(row, column);
        if (time == null) {
            throw new IllegalStateException("column " + column + " is never null");
        }
        return time;
    }

    private static @Nullable BounceCategory category(@Nullable String wireName) {
        if (wireName == null) {
            return null;
        }
        return Arrays.stream(BounceCategory.values())
                .filter(category -> category.wireName().equals(wireName))
                .findAny()
                .orElse(BounceCategory.OTHER);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
