package org.hongyan.server.sender;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables sender_domain and sender_domain_record. */
@Repository
class DomainRepository {

    private static final String COLUMNS = """
            id, account_id, name, state, created_at, verified_at, last_checked_at, next_check_at, abnormal_since,
            waits, asked_server, name_servers
            """;

    /** Any number that no other advisory lock of two parts begins with. */
    private static final int LOCK_OF_COUNTS = 0x5E4D0001;

    private final JdbcClient jdbc;

    DomainRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes all who count this account's domains wait for the end of the transaction. */
    void lockCount(AccountId account) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:family, hashint8(:account))")
                .param("family", LOCK_OF_COUNTS)
                .param("account", account.value())
                .query((row, number) -> number)
                .single();
    }

    int count(AccountId account) {
        return jdbc.sql("SELECT count(*) FROM sender_domain WHERE account_id = :account")
                .param("account", account.value())
                .query(Integer.class)
                .single();
    }

    /** Empty when somebody, perhaps a moment ago, has taken the name. */
    Optional<Long> insert(AccountId account, DomainName name, Instant now, Instant nextCheckAt) {
        return jdbc.sql("""
                        INSERT INTO sender_domain (account_id, name, state, created_at, next_check_at)
                        VALUES (:account, :name, 'PENDING', :now, :next)
                        ON CONFLICT (name) DO NOTHING
                        RETURNING id
                        """)
                .param("account", account.value())
                .param("name", name.ascii())
                .param("now", utc(now))
                .param("next", utc(nextCheckAt))
                .query(Long.class)
                .optional();
    }

    Optional<StoredDomain> find(AccountId account, DomainName name) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_domain WHERE account_id = :account AND name = :name")
                .param("account", account.value())
                .param("name", name.ascii())
                .query(DomainRepository::domain)
                .optional();
    }

    /** Whoever's it is. */
    Optional<StoredDomain> findAny(DomainName name) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_domain WHERE name = :name")
                .param("name", name.ascii())
                .query(DomainRepository::domain)
                .optional();
    }

    /** Locks the row until the end of the transaction. */
    Optional<StoredDomain> lock(long id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_domain WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(DomainRepository::domain)
                .optional();
    }

    List<StoredDomain> list(AccountId account) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_domain WHERE account_id = :account ORDER BY name")
                .param("account", account.value())
                .query(DomainRepository::domain)
                .list();
    }

    /** Domains of all accounts by name, for the operator. */
    List<StoredDomain> listAll(int offset, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_domain ORDER BY name OFFSET :offset LIMIT :limit")
                .param("offset", offset)
                .param("limit", limit)
                .query(DomainRepository::domain)
                .list();
    }

    List<StoredDomain> due(Instant now, int limit) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM sender_domain WHERE next_check_at <= :now ORDER BY next_check_at LIMIT :limit")
                .param("now", utc(now))
                .param("limit", limit)
                .query(DomainRepository::domain)
                .list();
    }

    /** False when the domain is not in the state {@code from} any more. */
    boolean update(long id, DomainState from, DomainProgress progress, DomainLook look, Instant now) {
        return jdbc.sql("""
                        UPDATE sender_domain
                        SET state = :state, verified_at = :verified, abnormal_since = :abnormal,
                            last_checked_at = :now, next_check_at = :next, waits = :waits,
                            -- a look that reached nobody says nothing about who holds the zone
                            asked_server = coalesce(:server, asked_server),
                            name_servers = CASE WHEN cardinality(:servers::text[]) = 0 THEN name_servers
                                                ELSE :servers::text[] END
                        WHERE id = :id AND state = :from
                        """)
                        .param("id", id)
                        .param("from", from.name())
                        .param("state", progress.state().name())
                        .param("verified", utc(progress.verifiedAt()))
                        .param("abnormal", utc(progress.abnormalSince()))
                        .param("now", utc(now))
                        .param("next", utc(progress.nextCheckAt()))
                        .param("waits", progress.waits())
                        .param("server", look.askedServer())
                        .param("servers", look.nameServers().toArray(String[]::new))
                        .update()
                == 1;
    }

    /** Postpones a look that broke for a reason of ours, so that it does not hold up the others. */
    void postpone(long id, Instant nextCheckAt) {
        jdbc.sql("UPDATE sender_domain SET next_check_at = :next WHERE id = :id")
                .param("id", id)
                .param("next", utc(nextCheckAt))
                .update();
    }

    /** A new record is about to be published: look soon, and then at growing intervals. */
    void expectChange(long id, Instant nextCheckAt) {
        jdbc.sql("UPDATE sender_domain SET next_check_at = :next, waits = 0 WHERE id = :id")
                .param("id", id)
                .param("next", utc(nextCheckAt))
                .update();
    }

    int countAddresses(long id) {
        return jdbc.sql("SELECT count(*) FROM sender_address WHERE domain_id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    int takeSelectorNumber(long id) {
        return jdbc.sql("""
                        UPDATE sender_domain SET next_selector = next_selector + 1
                        WHERE id = :id
                        RETURNING next_selector - 1
                        """).param("id", id).query(Integer.class).single();
    }

    /** False when sender addresses still use it. */
    boolean delete(AccountId account, long id) {
        return jdbc.sql("""
                        DELETE FROM sender_domain
                        WHERE id = :id AND account_id = :account
                          AND NOT EXISTS (SELECT 1 FROM sender_address WHERE domain_id = :id)
                        """).param("id", id).param("account", account.value()).update() == 1;
    }

    void replaceRecords(long domainId, Map<RecordSlot, RecordJudgement> judgements, Instant now) {
        jdbc.sql("DELETE FROM sender_domain_record WHERE domain_id = :id")
                .param("id", domainId)
                .update();
        judgements.forEach((slot, judgement) -> jdbc.sql("""
                        INSERT INTO sender_domain_record
                            (domain_id, kind, selector, status, reason, reason_facts, seen, checked_at)
                        VALUES (:id, :kind, :selector, :status, :reason, :facts, :seen, :now)
                        """)
                .param("id", domainId)
                .param("kind", slot.kind().name())
                .param("selector", slot.selector())
                .param("status", judgement.status().name())
                .param("reason", judgement.reason())
                .param("facts", flat(judgement.facts()))
                .param("seen", judgement.seen().toArray(String[]::new))
                .param("now", utc(now))
                .update());
    }

    Map<RecordSlot, RecordJudgement> records(long domainId) {
        Map<RecordSlot, RecordJudgement> records = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT kind, selector, status, reason, reason_facts, seen
                        FROM sender_domain_record WHERE domain_id = :id
                        """).param("id", domainId).query(row -> {
            records.put(
                    new RecordSlot(RecordKind.valueOf(row.getString("kind")), row.getString("selector")),
                    new RecordJudgement(
                            RecordStatus.valueOf(row.getString("status")),
                            row.getString("reason"),
                            paired(texts(row.getArray("reason_facts"))),
                            texts(row.getArray("seen"))));
        });
        return records;
    }

    private static StoredDomain domain(ResultSet row, int number) throws SQLException {
        SendingDomain domain = new SendingDomain(
                row.getLong("id"),
                new AccountId(row.getLong("account_id")),
                new DomainName(row.getString("name")),
                DomainState.valueOf(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "verified_at"),
                instant(row, "last_checked_at"),
                instant(row, "next_check_at"),
                instant(row, "abnormal_since"));
        return new StoredDomain(
                domain, row.getInt("waits"), row.getString("asked_server"), texts(row.getArray("name_servers")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static String[] flat(Map<String, String> facts) {
        return new TreeMap<>(facts)
                .entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new);
    }

    private static Map<String, String> paired(List<String> flat) {
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            facts.put(flat.get(i), flat.get(i + 1));
        }
        return facts;
    }
}
