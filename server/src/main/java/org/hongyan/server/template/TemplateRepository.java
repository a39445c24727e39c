package org.hongyan.server.template;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.policy.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables template_*. */
@Repository
class TemplateRepository {

    /** Any number that no other advisory lock of two parts begins with. */
    private static final int LOCK_OF_COUNTS = 0x7E3A0001;

    /** The newest version and the newest approved one beside each template. */
    private static final String TEMPLATES = """
            SELECT t.id, t.account_id, t.name, t.summary, t.created_at,
                   n.id AS n_id, n.number AS n_number, n.state AS n_state, n.subject AS n_subject,
                   %1$s AS n_html, %2$s AS n_text, n.variables AS n_variables, n.review_reason AS n_reason,
                   n.created_at AS n_created, n.reviewed_at AS n_reviewed,
                   a.id AS a_id, a.number AS a_number, a.state AS a_state, a.subject AS a_subject,
                   %3$s AS a_html, %4$s AS a_text, a.variables AS a_variables, a.review_reason AS a_reason,
                   a.created_at AS a_created, a.reviewed_at AS a_reviewed
            FROM template_template t
            JOIN LATERAL (SELECT * FROM template_version v WHERE v.template_id = t.id
                          ORDER BY v.number DESC LIMIT 1) n ON true
            LEFT JOIN LATERAL (SELECT * FROM template_version v WHERE v.template_id = t.id AND v.state = 'APPROVED'
                               ORDER BY v.number DESC LIMIT 1) a ON true
            WHERE t.deleted_at IS NULL
            """;

    private static final String WITH_BODIES = TEMPLATES.formatted("n.html", "n.body_text", "a.html", "a.body_text");

    /** A page of templates may have 100 MB of bodies, which nobody reads there. */
    private static final String WITHOUT_BODIES = TEMPLATES.formatted(
            "CASE WHEN n.html IS NULL THEN NULL ELSE '' END",
            "CASE WHEN n.body_text IS NULL THEN NULL ELSE '' END",
            "CASE WHEN a.html IS NULL THEN NULL ELSE '' END",
            "CASE WHEN a.body_text IS NULL THEN NULL ELSE '' END");

    private final JdbcClient jdbc;

    TemplateRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes all who count this account's templates wait for the end of the transaction. */
    void lockCount(AccountId account) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:family, hashint8(:account))")
                .param("family", LOCK_OF_COUNTS)
                .param("account", account.value())
                .query((row, number) -> number)
                .single();
    }

    int count(AccountId account) {
        return jdbc.sql("SELECT count(*) FROM template_template WHERE account_id = :account AND deleted_at IS NULL")
                .param("account", account.value())
                .query(Integer.class)
                .single();
    }

    long insert(AccountId account, String name, String summary, Instant now) {
        return jdbc.sql("""
                        INSERT INTO template_template (account_id, name, summary, created_at)
                        VALUES (:account, :name, :summary, :now)
                        RETURNING id
                        """)
                .param("account", account.value())
                .param("name", name)
                .param("summary", summary)
                .param("now", utc(now))
                .query(Long.class)
                .single();
    }

    void describe(AccountId account, long templateId, String name, String summary) {
        jdbc.sql("""
                        UPDATE template_template SET name = :name, summary = :summary
                        WHERE id = :id AND account_id = :account
                        """)
                .param("name", name)
                .param("summary", summary)
                .param("id", templateId)
                .param("account", account.value())
                .update();
    }

    /** Keeps edits and reviews of one template apart until the end of the transaction; false when there is none. */
    boolean lock(long templateId) {
        return jdbc.sql("SELECT id FROM template_template WHERE id = :id AND deleted_at IS NULL FOR UPDATE")
                .param("id", templateId)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** Adds the next version. */
    long insertVersion(long templateId, TemplateDraft draft, Set<String> variables, Judgement judgement, Instant now) {
        return jdbc.sql("""
                        INSERT INTO template_version (template_id, number, state, subject, html, body_text, variables,
                                                      review_reason, reviewer, created_at, reviewed_at)
                        SELECT :template, coalesce(max(number), 0) + 1, :state, :subject, :html, :text, :variables,
                               :reason, :reviewer, :now, :reviewed
                        FROM template_version WHERE template_id = :template
                        RETURNING id
                        """)
                .param("template", templateId)
                .param("state", judgement.state().name())
                .param("subject", draft.subject())
                .param("html", draft.html())
                .param("text", draft.text())
                .param("variables", variables.toArray(String[]::new))
                .param("reason", judgement.reason())
                .param("reviewer", judgement.state() == TemplateState.PENDING ? null : judgement.reviewer())
                .param("now", utc(now))
                .param("reviewed", judgement.state() == TemplateState.PENDING ? null : utc(now))
                .query(Long.class)
                .single();
    }

    /**
     * How a version was judged.
     *
     * @param reviewer login name, or {@code screening}
     */
    record Judgement(TemplateState state, String reviewer, String reason) {}

    /** False when the version is not in the state {@code from} any more. */
    boolean judge(long versionId, TemplateState from, Judgement judgement, Instant now) {
        if (!from.canBecome(judgement.state())) {
            throw new IllegalStateException(from + " cannot become " + judgement.state());
        }
        return jdbc.sql("""
                        UPDATE template_version
                        SET state = :to, reviewer = :reviewer, review_reason = :reason, reviewed_at = :now
                        WHERE id = :id AND state = :from
                        """)
                        .param("to", judgement.state().name())
                        .param("reviewer", judgement.reviewer())
                        .param("reason", judgement.reason())
                        .param("now", utc(now))
                        .param("id", versionId)
                        .param("from", from.name())
                        .update()
                == 1;
    }

    /** Versions that wait although a newer one is coming. */
    List<Long> waitingVersions(long templateId) {
        return jdbc.sql("SELECT id FROM template_version WHERE template_id = :id AND state = 'PENDING'")
                .param("id", templateId)
                .query(Long.class)
                .list();
    }

    int newestNumber(long templateId) {
        return jdbc.sql("SELECT max(number) FROM template_version WHERE template_id = :id")
                .param("id", templateId)
                .query(Integer.class)
                .single();
    }

    void insertFindings(long versionId, List<Finding> findings) {
        int ordinal = 0;
        for (Finding finding : findings) {
            jdbc.sql("""
                            INSERT INTO template_finding (version_id, ordinal, rule, severity, place, matched)
                            VALUES (:version, :ordinal, :rule, :severity, :place, :matched)
                            """)
                    .param("version", versionId)
                    .param("ordinal", ordinal++)
                    .param("rule", finding.rule())
                    .param("severity", finding.severity().name())
                    .param("place", finding.place())
                    .param("matched", finding.matched())
                    .update();
        }
    }

    List<Finding> findings(long versionId) {
        return jdbc.sql("""
                        SELECT rule, severity, place, matched FROM template_finding
                        WHERE version_id = :version ORDER BY ordinal
                        """)
                .param("version", versionId)
                .query((row, number) -> new Finding(
                        row.getString("rule"),
                        Finding.Severity.valueOf(row.getString("severity")),
                        row.getString("place"),
                        row.getString("matched")))
                .list();
    }

    Optional<Template> find(AccountId account, long templateId) {
        return jdbc.sql(WITH_BODIES + "AND t.id = :id AND t.account_id = :account")
                .param("id", templateId)
                .param("account", account.value())
                .query(TemplateRepository::template)
                .optional();
    }

    /** Whoever's it is; for reviewers. */
    Optional<Template> findAny(long templateId) {
        return jdbc.sql(WITH_BODIES + "AND t.id = :id")
                .param("id", templateId)
                .query(TemplateRepository::template)
                .optional();
    }

    List<Template> list(AccountId account, int offset, int limit) {
        return jdbc.sql(WITHOUT_BODIES + "AND t.account_id = :account ORDER BY t.id DESC OFFSET :offset LIMIT :limit")
                .param("account", account.value())
                .param("offset", offset)
                .param("limit", limit)
                .query(TemplateRepository::template)
                .list();
    }

    List<TemplateVersion> versions(AccountId account, long templateId) {
        return jdbc.sql("""
                        SELECT v.template_id AS id, v.id AS n_id, v.number AS n_number, v.state AS n_state,
                               v.subject AS n_subject, v.html AS n_html, v.body_text AS n_text,
                               v.variables AS n_variables, v.review_reason AS n_reason, v.created_at AS n_created,
                               v.reviewed_at AS n_reviewed
                        FROM template_version v JOIN template_template t ON t.id = v.template_id
                        WHERE t.id = :id AND t.account_id = :account AND t.deleted_at IS NULL
                        ORDER BY v.number DESC
                        """)
                .param("id", templateId)
                .param("account", account.value())
                .query((row, number) -> version(row, "n_"))
                .list();
    }

    /** False when the account has no such template. */
    boolean delete(AccountId account, long templateId, Instant now) {
        return jdbc.sql("""
                        UPDATE template_template SET deleted_at = :now
                        WHERE id = :id AND account_id = :account AND deleted_at IS NULL
                        """)
                        .param("now", utc(now))
                        .param("id", templateId)
                        .param("account", account.value())
                        .update()
                == 1;
    }

    /** What a version is compiled from. */
    record Source(
            long versionId,
            String subject,
            @Nullable String html,
            @Nullable String text) {}

    /** Also of deleted templates: mail that was accepted with them is still delivered. */
    Optional<Source> source(long versionId) {
        return jdbc.sql("SELECT id, subject, html, body_text FROM template_version WHERE id = :id")
                .param("id", versionId)
                .query((row, number) -> new Source(
                        row.getLong("id"), row.getString("subject"), row.getString("html"), row.getString("body_text")))
                .optional();
    }

    /**
     * Which version is in use.
     *
     * @param approvedVersion null when none was approved yet
     */
    record InUse(@Nullable Long approvedVersion, TemplateState newestState) {}

    /** Empty when the account has no such template. */
    Optional<InUse> inUse(AccountId account, long templateId) {
        return jdbc.sql("""
                        SELECT (SELECT v.id FROM template_version v WHERE v.template_id = t.id AND v.state = 'APPROVED'
                                ORDER BY v.number DESC LIMIT 1) AS approved,
                               (SELECT v.state FROM template_version v WHERE v.template_id = t.id
                                ORDER BY v.number DESC LIMIT 1) AS newest_state
                        FROM template_template t
                        WHERE t.id = :id AND t.account_id = :account AND t.deleted_at IS NULL
                        """)
                .param("id", templateId)
                .param("account", account.value())
                .query((row, number) -> new InUse(
                        row.getObject("approved", Long.class), TemplateState.valueOf(row.getString("newest_state"))))
                .optional();
    }

    /** Templates whose newest version waits, the one that has waited longest first. */
    List<Template> waiting(int offset, int limit) {
        return jdbc.sql(WITH_BODIES + "AND n.state = 'PENDING' ORDER BY n.created_at, n.id OFFSET :offset LIMIT :limit")
                .param("offset", offset)
                .param("limit", limit)
                .query(TemplateRepository::template)
                .list();
    }

    int countWaiting() {
        return jdbc.sql("""
                        SELECT count(*) FROM template_version v JOIN template_template t ON t.id = v.template_id
                        WHERE v.state = 'PENDING' AND t.deleted_at IS NULL
                        """).query(Integer.class).single();
    }

    TemplateReviews.History history(AccountId account) {
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE v.state = 'APPROVED') AS approved,
                               count(*) FILTER (WHERE v.state = 'REJECTED') AS rejected,
                               count(*) FILTER (WHERE v.state = 'PENDING' AND t.deleted_at IS NULL) AS pending
                        FROM template_version v JOIN template_template t ON t.id = v.template_id
                        WHERE t.account_id = :account
                        """)
                .param("account", account.value())
                .query((row, number) -> new TemplateReviews.History(
                        row.getInt("approved"), row.getInt("rejected"), row.getInt("pending")))
                .single();
    }

    private static Template template(ResultSet row, int number) throws SQLException {
        boolean approved = row.getObject("a_id") != null;
        return new Template(
                row.getLong("id"),
                new AccountId(row.getLong("account_id")),
                row.getString("name"),
                row.getString("summary"),
                version(row, "n_"),
                approved ? version(row, "a_") : null,
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static TemplateVersion version(ResultSet row, String prefix) throws SQLException {
        OffsetDateTime reviewedAt = row.getObject(prefix + "reviewed", OffsetDateTime.class);
        return new TemplateVersion(
                row.getLong(prefix + "id"),
                row.getLong("id"),
                row.getInt(prefix + "number"),
                TemplateState.valueOf(row.getString(prefix + "state")),
                row.getString(prefix + "subject"),
                row.getString(prefix + "html"),
                row.getString(prefix + "text"),
                texts(row.getArray(prefix + "variables")),
                row.getString(prefix + "reason"),
                row.getObject(prefix + "created", OffsetDateTime.class).toInstant(),
                reviewedAt == null ? null : reviewedAt.toInstant());
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of((String[]) array.getArray())));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
