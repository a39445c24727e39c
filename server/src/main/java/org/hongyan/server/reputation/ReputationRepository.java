package org.hongyan.server.reputation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Levels, places and tallies. Rows are always locked in the order of their keys, so that no two transactions deadlock. */
@Repository
final class ReputationRepository {

    private final JdbcClient jdbc;

    ReputationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void begin(Collection<Long> domainIds, int level, Instant now) {
        jdbc.sql("""
                        INSERT INTO reputation_domain (domain_id, level, since)
                        SELECT id, ?, ? FROM unnest(?::bigint[]) AS id ORDER BY id
                        ON CONFLICT DO NOTHING
                        """).param(level).param(utc(now)).param(array(domainIds)).update();
    }

    /** What a domain may take today. */
    record Allowance(
            int level,
            @Nullable Long capByHand,
            @Nullable String banRule,
            @Nullable Instant bannedUntil,
            long admitted) {}

    /** Locks the day's places of these domains until the transaction ends; what has no row is left out. */
    Map<Long, Allowance> lockPlaces(SortedSet<Long> domainIds, LocalDate day) {
        Map<Long, Allowance> allowances = new HashMap<>();
        jdbc.sql("""
                        SELECT p.domain_id, d.level, d.cap_by_hand, d.ban_rule, d.banned_until, p.admitted
                          FROM reputation_place p JOIN reputation_domain d ON d.domain_id = p.domain_id
                         WHERE p.domain_id = ANY(?) AND p.day = ?
                         ORDER BY p.domain_id
                           FOR UPDATE OF p
                        """).param(array(domainIds)).param(day).query(row -> {
            @Nullable OffsetDateTime until = row.getObject(5, OffsetDateTime.class);
            allowances.put(
                    row.getLong(1),
                    new Allowance(
                            row.getInt(2),
                            (Long) row.getObject(3),
                            row.getString(4),
                            until == null ? null : until.toInstant(),
                            row.getLong(6)));
        });
        return allowances;
    }

    /**
     * Opens a day for domains that have no row for it: what still waits from the day before moves over with its place.
     * The row before is locked first, since a settlement may be taking a place out of it.
     */
    void openDay(SortedSet<Long> domainIds, LocalDate day) {
        jdbc.sql("""
                        SELECT p.domain_id
                          FROM reputation_place p
                         WHERE p.domain_id = ANY(?)
                           AND p.day = (SELECT max(o.day) FROM reputation_place o
                                         WHERE o.domain_id = p.domain_id AND o.day < ?)
                         ORDER BY p.domain_id
                           FOR UPDATE
                        """).param(array(domainIds)).param(day).query(Long.class).list();
        jdbc.sql("""
                        INSERT INTO reputation_place (domain_id, day, admitted)
                        SELECT id, ?, COALESCE((SELECT GREATEST(0, p.admitted - p.attempted)
                                                  FROM reputation_place p
                                                 WHERE p.domain_id = id AND p.day < ?
                                                 ORDER BY p.day DESC
                                                 LIMIT 1), 0)
                          FROM unnest(?::bigint[]) AS id
                         ORDER BY id
                        ON CONFLICT DO NOTHING
                        """).param(day).param(day).param(array(domainIds)).update();
    }

    /** Takes places whose rows are locked. */
    void admit(SortedMap<Long, Long> places, LocalDate day) {
        jdbc.sql("""
                        UPDATE reputation_place p
                           SET admitted = p.admitted + t.n
                          FROM unnest(?::bigint[], ?::bigint[]) AS t (domain_id, n)
                         WHERE p.domain_id = t.domain_id AND p.day = ?
                        """)
                .param(array(places.keySet()))
                .param(array(places.values()))
                .param(day)
                .update();
    }

    /** Turns places into attempts made on one day; gives the domains that have no row for it. */
    SortedSet<Long> attempt(SortedMap<Long, Long> attempts, LocalDate day) {
        SortedSet<Long> missing = new TreeSet<>(attempts.keySet());
        jdbc.sql("""
                        UPDATE reputation_place p
                           SET attempted = p.attempted + t.n
                          FROM (SELECT domain_id, n FROM unnest(?::bigint[], ?::bigint[]) AS u (domain_id, n)
                                 ORDER BY domain_id) t
                         WHERE p.domain_id = t.domain_id AND p.day = ?
                        RETURNING p.domain_id
                        """)
                .param(array(attempts.keySet()))
                .param(array(attempts.values()))
                .param(day)
                .query(row -> {
                    missing.remove(row.getLong(1));
                });
        return missing;
    }

    /** Takes back places that had moved on to a later day although they were used on this one. */
    void retractAfter(SortedMap<Long, Long> attempts, LocalDate day) {
        jdbc.sql("""
                        UPDATE reputation_place p
                           SET admitted = GREATEST(0, p.admitted - t.n)
                          FROM unnest(?::bigint[], ?::bigint[]) AS t (domain_id, n)
                         WHERE p.domain_id = t.domain_id AND p.day > ?
                        """)
                .param(array(attempts.keySet()))
                .param(array(attempts.values()))
                .param(day)
                .update();
    }

    /** Gives places back that are never used; they are in the newest row of their domain. */
    void giveBack(SortedMap<Long, Long> places) {
        jdbc.sql("""
                        UPDATE reputation_place p
                           SET admitted = GREATEST(0, p.admitted - t.n)
                          FROM unnest(?::bigint[], ?::bigint[]) AS t (domain_id, n)
                         WHERE p.domain_id = t.domain_id
                           AND p.day = (SELECT max(o.day) FROM reputation_place o WHERE o.domain_id = t.domain_id)
                        """)
                .param(array(places.keySet()))
                .param(array(places.values()))
                .update();
    }

    /** Adds to the days' tallies, in the order of their keys. */
    void add(List<TallyChange> changes) {
        int size = changes.size();
        long[] domain = new long[size];
        String[] day = new String[size];
        long[][] counts = new long[10][size];
        for (int i = 0; i < size; i++) {
            TallyChange change = changes.get(i);
            domain[i] = change.domainId();
            day[i] = change.day().toString();
            long[] of = change.counts();
            for (int column = 0; column < of.length; column++) {
                counts[column][i] = of[column];
            }
        }
        JdbcClient.StatementSpec statement = jdbc.sql("""
                        INSERT INTO reputation_day AS d (domain_id, day, sent, delivered, invalid, spam_rejected,
                                                         other_bounced, expired, complaints, opens, clicks, unsubscribes)
                        SELECT domain_id, day::date, sent, delivered, invalid, spam_rejected, other_bounced, expired,
                               complaints, opens, clicks, unsubscribes
                          FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                                      ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                            AS t (domain_id, day, sent, delivered, invalid, spam_rejected, other_bounced, expired,
                                  complaints, opens, clicks, unsubscribes)
                         ORDER BY domain_id, day
                        ON CONFLICT (domain_id, day) DO UPDATE
                           SET sent = d.sent + EXCLUDED.sent,
                               delivered = d.delivered + EXCLUDED.delivered,
                               invalid = d.invalid + EXCLUDED.invalid,
                               spam_rejected = d.spam_rejected + EXCLUDED.spam_rejected,
                               other_bounced = d.other_bounced + EXCLUDED.other_bounced,
                               expired = d.expired + EXCLUDED.expired,
                               complaints = d.complaints + EXCLUDED.complaints,
                               opens = d.opens + EXCLUDED.opens,
                               clicks = d.clicks + EXCLUDED.clicks,
                               unsubscribes = d.unsubscribes + EXCLUDED.unsubscribes
                        """).param(domain).param(day);
        for (long[] column : counts) {
            statement = statement.param(column);
        }
        statement.update();
    }

    /** A domain's row as stored, with its day. */
    record Standing(
            int level, @Nullable Long capByHand, @Nullable Instant bannedUntil, long admitted, DayTally today) {}

    /** Where domains stand; what still waits from before counts although the day has not been opened yet. */
    Map<Long, Standing> standings(Collection<Long> domainIds, LocalDate day) {
        Map<Long, Standing> standings = new HashMap<>();
        jdbc.sql("""
                        SELECT d.domain_id, d.level, d.cap_by_hand, d.banned_until,
                               COALESCE(p.admitted,
                                        (SELECT GREATEST(0, o.admitted - o.attempted)
                                           FROM reputation_place o
                                          WHERE o.domain_id = d.domain_id AND o.day < ?
                                          ORDER BY o.day DESC
                                          LIMIT 1), 0),
                               COALESCE(t.sent, 0), COALESCE(t.delivered, 0), COALESCE(t.invalid, 0),
                               COALESCE(t.spam_rejected, 0), COALESCE(t.complaints, 0), COALESCE(t.opens, 0),
                               COALESCE(t.clicks, 0)
                          FROM reputation_domain d
                          LEFT JOIN reputation_place p ON p.domain_id = d.domain_id AND p.day = ?
                          LEFT JOIN reputation_day t ON t.domain_id = d.domain_id AND t.day = ?
                         WHERE d.domain_id = ANY(?)
                        """).param(day).param(day).param(day).param(array(domainIds)).query(row -> {
            @Nullable OffsetDateTime until = row.getObject(4, OffsetDateTime.class);
            standings.put(
                    row.getLong(1),
                    new Standing(
                            row.getInt(2),
                            (Long) row.getObject(3),
                            until == null ? null : until.toInstant(),
                            row.getLong(5),
                            new DayTally(
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8),
                                    row.getLong(9),
                                    row.getLong(10),
                                    row.getLong(11),
                                    row.getLong(12))));
        });
        return standings;
    }

    private static long[] array(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
