package org.hongyan.server.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes to the ledger. Bulk statements take one array a column: one round trip and one plan however many rows there
 * are.
 */
@Repository
final class EventRepository {

    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts the status row and the Accepted event of every recipient, in one statement. */
    void insertAccepted(Collection<AcceptedMail> mails) {
        Columns columns =
                new Columns(mails.stream().mapToInt(m -> m.recipients().size()).sum());
        for (AcceptedMail mail : mails) {
            for (int ordinal = 0; ordinal < mail.recipients().size(); ordinal++) {
                columns.addAccepted(mail, ordinal);
            }
        }
        jdbc.sql("""
                        WITH mail AS MATERIALIZED (
                            SELECT timestamptz 'epoch' + micros * interval '1 microsecond' AS accepted_at,
                                   message_id, ordinal, account_id, domain_id, recipient, sender, subject
                              FROM unnest(?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::text[],
                                          ?::text[], ?::text[])
                                AS t (micros, message_id, ordinal, account_id, domain_id, recipient, sender, subject)
                        ), status AS (
                            INSERT INTO event_recipient (accepted_at, message_id, ordinal, account_id, domain_id,
                                                         recipient, sender, subject, state)
                            SELECT accepted_at, message_id, ordinal, account_id, domain_id, recipient, sender, subject,
                                   'ACCEPTED'
                              FROM mail
                        )
                        INSERT INTO event_event (at, kind, account_id, message_id, ordinal, recipient)
                        SELECT accepted_at, 'accepted', account_id, message_id, ordinal, recipient
                          FROM mail
                        """)
                .param(columns.at)
                .param(columns.messageId)
                .param(columns.ordinal)
                .param(columns.account)
                .param(columns.domain)
                .param(columns.recipient)
                .param(columns.sender)
                .param(columns.subject)
                .update();
    }

    /** Appends events as they are; the status is the caller's next statement. */
    void insertEvents(List<MailEvent> events) {
        Columns columns = new Columns(events.size());
        events.forEach(columns::addEvent);
        jdbc.sql("""
                        INSERT INTO event_event (at, kind, account_id, message_id, ordinal, recipient, attempt, category,
                                                 blame, detail, host, tls, next_attempt_at, machine)
                        SELECT timestamptz 'epoch' + at * interval '1 microsecond', kind, account_id, message_id,
                               ordinal, recipient, attempt, category, blame, detail, host, tls,
                               timestamptz 'epoch' + next_at * interval '1 microsecond', machine
                          FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::int[], ?::text[], ?::int[],
                                      ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::boolean[])
                            AS t (at, kind, account_id, message_id, ordinal, recipient, attempt, category, blame,
                                  detail, host, tls, next_at, machine)
                        """)
                .param(columns.at)
                .param(columns.kind)
                .param(columns.account)
                .param(columns.messageId)
                .param(columns.ordinal)
                .param(columns.recipient)
                .param(columns.attempt)
                .param(columns.category)
                .param(columns.blame)
                .param(columns.detail)
                .param(columns.host)
                .param(columns.tls)
                .param(columns.nextAttempt)
                .param(columns.machine)
                .update();
    }

    /**
     * Moves the status of recipients that were accepted on one UTC day. The day is given apart so that the server looks
     * into one partition only; a row that a late report has already settled stays as it is.
     */
    void updateStatus(Instant day, List<MailEvent> events) {
        Columns columns = new Columns(events.size());
        events.forEach(columns::addEvent);
        jdbc.sql("""
                        UPDATE event_recipient r
                           SET state = t.state,
                               category = t.category,
                               last_reply = CASE WHEN t.detail = '' THEN r.last_reply ELSE t.detail END,
                               attempts = GREATEST(r.attempts, t.attempt),
                               first_attempt_at = COALESCE(r.first_attempt_at,
                                   timestamptz 'epoch' + t.started * interval '1 microsecond'),
                               next_attempt_at = timestamptz 'epoch' + t.next_at * interval '1 microsecond',
                               settled_at = CASE WHEN t.state <> 'DEFERRED'
                                                 THEN timestamptz 'epoch' + t.at * interval '1 microsecond' END
                          FROM unnest(?::bigint[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::int[],
                                      ?::bigint[], ?::bigint[])
                            AS t (at, state, message_id, ordinal, category, detail, attempt, started, next_at)
                         WHERE r.accepted_at >= ? AND r.accepted_at < ?
                           AND r.message_id = t.message_id AND r.ordinal = t.ordinal
                           AND r.state IN ('ACCEPTED', 'DEFERRED')
                        """)
                .param(columns.at)
                .param(columns.state)
                .param(columns.messageId)
                .param(columns.ordinal)
                .param(columns.category)
                .param(columns.detail)
                .param(columns.attempt)
                .param(columns.started)
                .param(columns.nextAttempt)
                .param(utc(day))
                .param(utc(day.plus(Duration.ofDays(1))))
                .update();
    }

    /** Marks one flag of one recipient; false when it was set already or there is no such recipient. */
    boolean raise(RecipientRef of, Flag flag) {
        Instant second = of.messageId().acceptedSecond();
        String column = flag.column;
        return jdbc.sql("UPDATE event_recipient SET " + column + " = true WHERE accepted_at >= ? AND accepted_at < ?"
                                + " AND message_id = ? AND ordinal = ? AND account_id = ? AND NOT " + column)
                        .param(utc(second))
                        .param(utc(second.plusSeconds(1)))
                        .param(of.messageId().text())
                        .param(of.ordinal())
                        .param(of.account().value())
                        .update()
                == 1;
    }

    /** Turns a recipient to bounced after the receiving host had taken it; false when it had failed before. */
    boolean bounceLate(MailEvent.Bounced event) {
        Instant second = event.of().messageId().acceptedSecond();
        return jdbc.sql("""
                                UPDATE event_recipient
                                   SET state = 'BOUNCED', category = ?, last_reply = ?, settled_at = ?,
                                       next_attempt_at = NULL
                                 WHERE accepted_at >= ? AND accepted_at < ?
                                   AND message_id = ? AND ordinal = ? AND account_id = ? AND state = 'DELIVERED'
                                """)
                        .param(event.category().wireName())
                        .param(Columns.storable(event.detail()))
                        .param(utc(event.at()))
                        .param(utc(second))
                        .param(utc(second.plusSeconds(1)))
                        .param(event.of().messageId().text())
                        .param(event.of().ordinal())
                        .param(event.of().account().value())
                        .update()
                == 1;
    }

    /** The recipients of a message, whoever's it is: for what comes back under our own signature. */
    List<LedgerEntry> entries(MessageId messageId) {
        Instant second = messageId.acceptedSecond();
        return jdbc.sql("""
                        SELECT account_id, domain_id, ordinal, recipient, sender, state, first_attempt_at
                          FROM event_recipient
                         WHERE accepted_at >= ? AND accepted_at < ? AND message_id = ?
                         ORDER BY ordinal
                        """)
                .param(utc(second))
                .param(utc(second.plusSeconds(1)))
                .param(messageId.text())
                .query((row, n) -> new LedgerEntry(
                        new RecipientRef(new AccountId(row.getLong(1)), messageId, row.getInt(3), row.getString(4)),
                        row.getLong(2),
                        row.getString(5),
                        RecipientState.valueOf(row.getString(6)),
                        Optional.ofNullable(instant(row, 7))))
                .list();
    }

    /** Which of these messages are in the ledger. */
    List<String> present(List<MessageId> ids, Instant oldest) {
        return jdbc.sql(
                        "SELECT DISTINCT message_id FROM event_recipient WHERE accepted_at >= ? AND message_id = ANY(?)")
                .param(utc(oldest))
                .param(ids.stream().map(MessageId::text).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** How many mails each mailbox was sent by its account since then, in the order asked; addresses in lower case. */
    List<Integer> acceptedSince(Instant since, long[] accounts, String[] addresses) {
        return jdbc.sql("""
                        SELECT (SELECT count(*)
                                  FROM event_recipient r
                                 WHERE r.account_id = t.account_id AND lower(r.recipient) = t.address
                                   AND r.accepted_at > ? AND r.state <> 'DROPPED')
                          FROM unnest(?::bigint[], ?::text[]) WITH ORDINALITY AS t (account_id, address, n)
                         ORDER BY t.n
                        """)
                .param(utc(since))
                .param(accounts)
                .param(addresses)
                .query(Integer.class)
                .list();
    }

    /** A flag of {@code event_recipient}; the column names are ours, never a caller's. */
    enum Flag {
        OPENED("opened"),
        CLICKED("clicked"),
        UNSUBSCRIBED("unsubscribed"),
        COMPLAINED("complained");

        private final String column;

        Flag(String column) {
            this.column = column;
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
