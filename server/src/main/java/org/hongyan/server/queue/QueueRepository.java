package org.hongyan.server.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.event.MessageId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The queue's tables. Bulk statements take one array a column, and joins the caller's transaction. */
@Repository
final class QueueRepository {

    /** Larger content stays in the table until it is delivered. */
    private static final int LARGEST_PREFETCHED = 16 * 1024;

    private final JdbcClient jdbc;

    QueueRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first of 1,000 IDs that nobody else gets. */
    long nextIdBlock() {
        return jdbc.sql("SELECT nextval('queue_message_id')").query(Long.class).single();
    }

    /** Stores messages and their recipients in one statement. */
    void insert(Collection<Handover.Item> items, Duration lease) {
        int messages = items.size();
        int recipients = items.stream().mapToInt(i -> i.recipients().size()).sum();
        long[] id = new long[messages];
        short[] shard = new short[messages];
        String[] messageId = new String[messages];
        long[] account = new long[messages];
        long[] domain = new long[messages];
        long[] accepted = new long[messages];
        int[] count = new int[messages];
        boolean[] personal = new boolean[messages];
        byte[][] content = new byte[messages][];
        long[] ofMessage = new long[recipients];
        int[] ordinal = new int[recipients];
        short[] itsShard = new short[recipients];
        long[] itsDomain = new long[recipients];
        boolean[] bulk = new boolean[recipients];
        long[] due = new long[recipients];
        long[] expires = new long[recipients];
        String[] address = new String[recipients];
        int m = 0;
        int r = 0;
        for (Handover.Item item : items) {
            QueuedMessage message = item.message();
            id[m] = message.id();
            shard[m] = (short) message.messageId().shard();
            messageId[m] = message.messageId().text();
            account[m] = message.account().value();
            domain[m] = message.domainId();
            accepted[m] = micros(message.acceptedAt());
            count[m] = message.recipients();
            personal[m] = message.personal();
            content[m] = present(message.content());
            for (QueuedRecipient recipient : item.recipients()) {
                ofMessage[r] = message.id();
                ordinal[r] = recipient.ordinal();
                itsShard[r] = shard[m];
                itsDomain[r] = message.domainId();
                bulk[r] = recipient.bulk();
                due[r] = accepted[m] + (item.inMemory() ? lease.toMillis() * 1000 : 0);
                expires[r] = micros(recipient.expiresAt());
                address[r] = recipient.address().toString();
                r++;
            }
            m++;
        }
        jdbc.sql("""
                        WITH message AS (
                            INSERT INTO queue_message (id, shard, message_id, account_id, domain_id, accepted_at,
                                                       recipients, personal, content)
                            SELECT id, shard, message_id, account_id, domain_id,
                                   timestamptz 'epoch' + accepted * interval '1 microsecond', recipients, personal, content
                              FROM unnest(?::bigint[], ?::smallint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],
                                          ?::int[], ?::boolean[], ?::bytea[])
                                AS t (id, shard, message_id, account_id, domain_id, accepted, recipients, personal,
                                      content)
                        )
                        INSERT INTO queue_recipient (message, ordinal, shard, domain_id, bulk, due, expires_at, recipient)
                        SELECT message, ordinal, shard, domain_id, bulk,
                               timestamptz 'epoch' + due * interval '1 microsecond',
                               timestamptz 'epoch' + expires * interval '1 microsecond', recipient
                          FROM unnest(?::bigint[], ?::int[], ?::smallint[], ?::bigint[], ?::boolean[], ?::bigint[],
                                      ?::bigint[], ?::text[])
                            AS t (message, ordinal, shard, domain_id, bulk, due, expires, recipient)
                        """)
                .param(id)
                .param(shard)
                .param(messageId)
                .param(account)
                .param(domain)
                .param(accepted)
                .param(count)
                .param(personal)
                .param(content)
                .param(ofMessage)
                .param(ordinal)
                .param(itsShard)
                .param(itsDomain)
                .param(bulk)
                .param(due)
                .param(expires)
                .param(address)
                .update();
    }

    private static byte[] present(byte @Nullable [] content) {
        if (content == null) {
            throw new IllegalArgumentException("fresh mail has its content");
        }
        return content;
    }

    /**
     * Deletes recipients, and their messages when they were the last ones.
     *
     * @return those that were still there; what is not, somebody else has settled
     */
    Set<QueuedRecipient.Key> delete(List<QueuedRecipient> recipients) {
        if (recipients.isEmpty()) {
            return Set.of();
        }
        Set<QueuedRecipient.Key> deleted = new HashSet<>();
        jdbc.sql("""
                        DELETE FROM queue_recipient q
                         USING unnest(?::bigint[], ?::int[]) AS t (message, ordinal)
                         WHERE q.message = t.message AND q.ordinal = t.ordinal
                        RETURNING q.message, q.ordinal
                        """)
                .param(recipients.stream().mapToLong(r -> r.message().id()).toArray())
                .param(recipients.stream().mapToInt(QueuedRecipient::ordinal).toArray())
                .query(row -> {
                    deleted.add(new QueuedRecipient.Key(row.getLong(1), row.getInt(2)));
                });
        long[] messages =
                recipients.stream().mapToLong(r -> r.message().id()).distinct().toArray();
        jdbc.sql("""
                        DELETE FROM queue_message m
                         WHERE m.id = ANY(?)
                           AND NOT EXISTS (SELECT FROM queue_recipient q WHERE q.message = m.id)
                        """).param(messages).update();
        return deleted;
    }

    /** Moves recipients to a later time; gives those that were still as we know them. */
    Set<QueuedRecipient.Key> defer(List<Settlement.Wait> waits) {
        if (waits.isEmpty()) {
            return Set.of();
        }
        int size = waits.size();
        long[] message = new long[size];
        int[] ordinal = new int[size];
        int[] attempts = new int[size];
        long[] due = new long[size];
        long[] first = new long[size];
        String[] reply = new String[size];
        for (int i = 0; i < size; i++) {
            Settlement.Wait wait = waits.get(i);
            message[i] = wait.recipient().message().id();
            ordinal[i] = wait.recipient().ordinal();
            attempts[i] = wait.recipient().attempts();
            due[i] = micros(wait.due());
            first[i] = micros(wait.firstAttemptAt());
            reply[i] = storable(wait.reply());
        }
        Set<QueuedRecipient.Key> deferred = new HashSet<>();
        jdbc.sql("""
                        UPDATE queue_recipient q
                           SET attempts = q.attempts + 1,
                               due = timestamptz 'epoch' + t.due * interval '1 microsecond',
                               first_attempt_at = timestamptz 'epoch' + t.first * interval '1 microsecond',
                               last_reply = t.reply
                          FROM unnest(?::bigint[], ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::text[])
                            AS t (message, ordinal, attempts, due, first, reply)
                         WHERE q.message = t.message AND q.ordinal = t.ordinal AND q.attempts = t.attempts
                        RETURNING q.message, q.ordinal
                        """)
                .param(message)
                .param(ordinal)
                .param(attempts)
                .param(due)
                .param(first)
                .param(reply)
                .query(row -> {
                    deferred.add(new QueuedRecipient.Key(row.getLong(1), row.getInt(2)));
                });
        return deferred;
    }

    /** Moves recipients that were not attempted. */
    void postpone(List<QueuedRecipient> recipients, List<Instant> due) {
        jdbc.sql("""
                        UPDATE queue_recipient q
                           SET due = timestamptz 'epoch' + t.due * interval '1 microsecond'
                          FROM unnest(?::bigint[], ?::int[], ?::bigint[]) AS t (message, ordinal, due)
                         WHERE q.message = t.message AND q.ordinal = t.ordinal
                        """)
                .param(recipients.stream().mapToLong(r -> r.message().id()).toArray())
                .param(recipients.stream().mapToInt(QueuedRecipient::ordinal).toArray())
                .param(due.stream().mapToLong(QueueRepository::micros).toArray())
                .update();
    }

    /** A row as it is read, before its message is known. */
    record Row(
            long message,
            int ordinal,
            boolean bulk,
            int attempts,
            Instant due,
            Instant expiresAt,
            Optional<Instant> firstAttemptAt,
            String recipient,
            String lastReply) {

        QueuedRecipient.Key key() {
            return new QueuedRecipient.Key(message, ordinal);
        }
    }

    /**
     * A shard to read.
     *
     * @param horizon rows due until then, never tried before, are read; the others until now
     */
    record Reading(int shard, Instant horizon) {}

    /**
     * Due rows, a little of every sending domain of every shard, those first in each domain before those second.
     *
     * <p>The recursive part walks the index from domain to domain without touching the rows between (PostgreSQL has no
     * skip scan for this), so a domain with a million rows costs one step. Rows that we have in memory are at the front
     * of their domain's range; {@code known} tells how many, so that the limit reaches behind them.
     */
    List<Row> readDue(
            List<Reading> shards, Map<WaitingWindow.Head, Integer> known, Instant now, int eachDomain, int limit) {
        List<Map.Entry<WaitingWindow.Head, Integer>> heads = List.copyOf(known.entrySet());
        return jdbc.sql("""
                        WITH RECURSIVE shard AS MATERIALIZED (
                            SELECT shard, timestamptz 'epoch' + micros * interval '1 microsecond' AS horizon
                              FROM unnest(?::smallint[], ?::bigint[]) AS s (shard, micros)
                        ), head AS (
                            SELECT s.shard, s.horizon, f.bulk, f.domain_id
                              FROM shard s
                             CROSS JOIN LATERAL (
                                 SELECT bulk, domain_id
                                   FROM queue_recipient q
                                  WHERE q.shard = s.shard
                                  ORDER BY bulk, domain_id
                                  LIMIT 1) f
                            UNION ALL
                            SELECT h.shard, h.horizon, n.bulk, n.domain_id
                              FROM head h
                             CROSS JOIN LATERAL (
                                 SELECT bulk, domain_id
                                   FROM queue_recipient q
                                  WHERE q.shard = h.shard AND (q.bulk, q.domain_id) > (h.bulk, h.domain_id)
                                  ORDER BY bulk, domain_id
                                  LIMIT 1) n
                        ), known AS MATERIALIZED (
                            SELECT shard, bulk, domain_id, n
                              FROM unnest(?::smallint[], ?::boolean[], ?::bigint[], ?::int[])
                                AS k (shard, bulk, domain_id, n)
                        ), wanted AS (
                            SELECT h.shard, h.horizon, h.bulk, h.domain_id, ?::int + COALESCE(k.n, 0) AS most
                              FROM head h LEFT JOIN known k USING (shard, bulk, domain_id)
                        )
                        SELECT r.message, r.ordinal, w.bulk, r.attempts, r.due, r.expires_at, r.first_attempt_at,
                               r.recipient, r.last_reply
                          FROM wanted w
                         CROSS JOIN LATERAL (
                             SELECT q.*, row_number() OVER (ORDER BY q.due) AS place
                               FROM queue_recipient q
                              WHERE q.shard = w.shard AND q.bulk = w.bulk AND q.domain_id = w.domain_id
                                AND q.due <= w.horizon
                              ORDER BY q.due
                              LIMIT w.most) r
                         WHERE r.attempts = 0 OR r.due <= ?
                         ORDER BY w.bulk, r.place
                         LIMIT ?
                        """)
                .param(shorts(shards.stream().mapToInt(Reading::shard).toArray()))
                .param(shards.stream().mapToLong(s -> micros(s.horizon())).toArray())
                .param(shorts(heads.stream().mapToInt(h -> h.getKey().shard()).toArray()))
                .param(booleans(heads))
                .param(heads.stream().mapToLong(h -> h.getKey().domainId()).toArray())
                .param(heads.stream().mapToInt(Map.Entry::getValue).toArray())
                .param(eachDomain)
                .param(utc(now))
                .param(limit)
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime first = row.getObject(7, OffsetDateTime.class);
        return new Row(
                row.getLong(1),
                row.getInt(2),
                row.getBoolean(3),
                row.getInt(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(first).map(OffsetDateTime::toInstant),
                row.getString(8),
                row.getString(9));
    }

    /** The messages of rows, with their content where it is small and wanted. */
    Map<Long, QueuedMessage> messages(Collection<Long> ids, boolean withContent) {
        Map<Long, QueuedMessage> messages = new HashMap<>();
        jdbc.sql("""
                        SELECT id, message_id, account_id, domain_id, accepted_at, recipients, personal,
                               CASE WHEN ? AND octet_length(content) <= ? THEN content END
                          FROM queue_message
                         WHERE id = ANY(?)
                        """)
                .param(withContent)
                .param(LARGEST_PREFETCHED)
                .param(ids.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    messages.put(
                            row.getLong(1),
                            new QueuedMessage(
                                    row.getLong(1),
                                    new MessageId(row.getString(2)),
                                    new AccountId(row.getLong(3)),
                                    row.getLong(4),
                                    row.getObject(5, OffsetDateTime.class).toInstant(),
                                    row.getInt(6),
                                    row.getBoolean(7),
                                    row.getBytes(8)));
                });
        return messages;
    }

    /** The stored content of one message; empty when it is settled. */
    Optional<byte[]> content(long message) {
        return jdbc.sql("SELECT content FROM queue_message WHERE id = ?")
                .param(message)
                .query(byte[].class)
                .optional();
    }

    /** What waits of each sending domain. */
    List<QueueStatus.Waiting> waiting(@Nullable Set<Long> domainIds) {
        String which = domainIds == null ? "" : " WHERE domain_id = ANY(:domains)";
        JdbcClient.StatementSpec statement = jdbc.sql("""
                SELECT domain_id, count(*) FILTER (WHERE attempts = 0), count(*) FILTER (WHERE attempts > 0), min(due)
                  FROM queue_recipient
                """ + which + " GROUP BY domain_id ORDER BY domain_id");
        if (domainIds != null) {
            statement = statement.param(
                    "domains", domainIds.stream().mapToLong(Long::longValue).toArray());
        }
        return statement
                .query((row, n) -> new QueueStatus.Waiting(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Deferred recipients of some domains, those due first. */
    List<QueueStatus.Deferred> deferred(Set<Long> domainIds, int limit) {
        List<QueueStatus.Deferred> list = new ArrayList<>();
        jdbc.sql("""
                        SELECT q.domain_id, m.message_id, q.recipient, q.attempts, q.due, q.last_reply
                          FROM queue_recipient q JOIN queue_message m ON m.id = q.message
                         WHERE q.domain_id = ANY(?) AND q.attempts > 0
                         ORDER BY q.due
                         LIMIT ?
                        """)
                .param(domainIds.stream().mapToLong(Long::longValue).toArray())
                .param(limit)
                .query(row -> {
                    list.add(new QueueStatus.Deferred(
                            row.getLong(1),
                            new MessageId(row.getString(2)),
                            EmailAddress.parse(row.getString(3)),
                            row.getInt(4),
                            row.getObject(5, OffsetDateTime.class).toInstant(),
                            row.getString(6)));
                });
        return list;
    }

    private static short[] shorts(int[] ints) {
        short[] shorts = new short[ints.length];
        for (int i = 0; i < ints.length; i++) {
            shorts[i] = (short) ints[i];
        }
        return shorts;
    }

    private static boolean[] booleans(List<Map.Entry<WaitingWindow.Head, Integer>> heads) {
        boolean[] bulk = new boolean[heads.size()];
        for (int i = 0; i < bulk.length; i++) {
            bulk[i] = heads.get(i).getKey().bulk();
        }
        return bulk;
    }

    private static String storable(String text) {
        String cut = text.length() <= 500 ? text : text.substring(0, 500);
        return cut.replace('\0', ' ').replaceAll("[\\ud800-\\udfff]", "?");
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }
}
