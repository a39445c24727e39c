package org.hongyan.server.template;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The templates of all accounts. Thread-safe. */
@Service
@EnableConfigurationProperties(TemplateProperties.class)
public class Templates {

    /** How long another node may go on using a version that has been replaced. */
    private static final Duration CHOICE_KEPT = Duration.ofSeconds(2);

    private static final int MOST_CHOICES = 20_000;

    private final TemplateRepository templates;
    private final Screening screening;
    private final TransactionTemplate transactions;
    private final TemplateProperties settings;
    private final Clock clock;

    private record Key(AccountId account, long templateId) {}

    private final Cache<Key, Optional<TemplateRepository.InUse>> choices = CacheBuilder.newBuilder()
            .maximumSize(MOST_CHOICES)
            .expireAfterWrite(CHOICE_KEPT)
            .build();

    /** By version, which never changes. */
    private final Cache<Long, CompiledTemplate> compiled;

    Templates(
            TemplateRepository templates,
            Screening screening,
            TransactionTemplate transactions,
            TemplateProperties settings,
            Clock clock) {
        this.templates = templates;
        this.screening = screening;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
        this.compiled = CacheBuilder.newBuilder()
                .maximumWeight(settings.compiledCharacters())
                .weigher((Long version, CompiledTemplate template) -> template.size())
                .build();
    }

    /** Makes a template whose first version is screened and goes to review. */
    public Outcome<Template> create(AccountId account, TemplateDraft draft) {
        TemplateDraft tidy = tidy(draft);
        Optional<Refusal> problem =
                DraftRules.problemOf(tidy, settings.maxSize().toBytes());
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        CompiledTemplate checked = new CompiledTemplate(0, tidy.subject(), tidy.html(), tidy.text());
        Screening.Result screened = screening.screen(tidy);
        Outcome<Template> outcome = transactions.execute(transaction -> {
            templates.lockCount(account);
            if (templates.count(account) >= settings.maxTemplates()) {
                return Outcome.refused(new Refusal.TooManyTemplates(settings.maxTemplates()));
            }
            Instant now = now();
            long id = templates.insert(account, tidy.name(), tidy.summary(), now);
            long version = templates.insertVersion(id, tidy, checked.variables(), screened.judgement(), now);
            templates.insertFindings(version, screened.findings());
            return Outcome.done(templates.find(account, id).orElseThrow());
        });
        return Objects.requireNonNull(outcome);
    }

    /** Makes a new version that goes to review, while the approved one stays in use. */
    public Outcome<Template> edit(AccountId account, long templateId, TemplateDraft draft) {
        TemplateDraft tidy = tidy(draft);
        Optional<Refusal> problem =
                DraftRules.problemOf(tidy, settings.maxSize().toBytes());
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        CompiledTemplate checked = new CompiledTemplate(0, tidy.subject(), tidy.html(), tidy.text());
        Screening.Result screened = screening.screen(tidy);
        Outcome<Template> outcome = transactions.execute(transaction -> {
            if (templates.find(account, templateId).isEmpty() || !templates.lock(templateId)) {
                return unknown(templateId);
            }
            Instant now = now();
            closeWaiting(templateId, now);
            templates.describe(account, templateId, tidy.name(), tidy.summary());
            long version = templates.insertVersion(templateId, tidy, checked.variables(), screened.judgement(), now);
            templates.insertFindings(version, screened.findings());
            return Outcome.done(templates.find(account, templateId).orElseThrow());
        });
        choices.invalidate(new Key(account, templateId));
        return Objects.requireNonNull(outcome);
    }

    /** A version that nobody has looked at yet is out of date once there is a newer one: the reason names that. */
    private void closeWaiting(long templateId, Instant now) {
        String reason = "→ v" + (templates.newestNumber(templateId) + 1);
        for (long version : templates.waitingVersions(templateId)) {
            templates.judge(
                    version,
                    TemplateState.PENDING,
                    new TemplateRepository.Judgement(TemplateState.REJECTED, Screening.REVIEWER, reason),
                    now);
        }
    }

    /** One template of the account. */
    public Outcome<Template> find(AccountId account, long templateId) {
        return templates.find(account, templateId).map(Outcome::done).orElseGet(() -> unknown(templateId));
    }

    /**
     * Newest first. Bodies are left out: {@code html} and {@code text} of the versions are empty where there is one, and
     * null where there is none.
     */
    public List<Template> list(AccountId account, int offset, int limit) {
        return templates.list(account, offset, limit);
    }

    /** How many the account has. */
    public int count(AccountId account) {
        return templates.count(account);
    }

    /** All versions, newest first. */
    public List<TemplateVersion> versions(AccountId account, long templateId) {
        return templates.versions(account, templateId);
    }

    /** What the screening found in the newest version; empty also when the account has no such template. */
    public List<Finding> findings(AccountId account, long templateId) {
        return templates
                .find(account, templateId)
                .map(template -> templates.findings(template.newest().id()))
                .orElse(List.of());
    }

    /** Removes a template; what was accepted with it is still delivered. */
    public Outcome<Template> delete(AccountId account, long templateId) {
        Optional<Template> found = templates.find(account, templateId);
        boolean deleted = found.isPresent() && templates.delete(account, templateId, now());
        choices.invalidate(new Key(account, templateId));
        return deleted ? Outcome.done(found.get()) : unknown(templateId);
    }

    /** The approved version ready to render, from a bounded cache; for acceptance. */
    public Outcome<CompiledTemplate> approved(AccountId account, long templateId) {
        Key key = new Key(account, templateId);
        Optional<TemplateRepository.InUse> choice = choices.getIfPresent(key);
        if (choice == null) {
            choice = templates.inUse(account, templateId);
            choices.put(key, choice);
        }
        if (choice.isEmpty()) {
            return unknown(templateId);
        }
        Long version = choice.get().approvedVersion();
        if (version == null) {
            return Outcome.refused(new Refusal.TemplateNotApproved(
                    templateId, choice.get().newestState().name()));
        }
        return compiled(version).map(Outcome::done).orElseGet(() -> unknown(templateId));
    }

    /** A pinned version ready to render, from a bounded cache; for delivery. */
    public Optional<CompiledTemplate> compiled(long versionId) {
        CompiledTemplate ready = compiled.getIfPresent(versionId);
        if (ready != null) {
            return Optional.of(ready);
        }
        Optional<CompiledTemplate> made = templates
                .source(versionId)
                .map(source ->
                        new CompiledTemplate(source.versionId(), source.subject(), source.html(), source.text()));
        made.ifPresent(template -> compiled.put(versionId, template));
        return made;
    }

    /** Forgets which version is in use, on this node at once; the others follow by themselves. */
    void forget(Template template) {
        choices.invalidate(new Key(template.accountId(), template.id()));
    }

    /** A body that has nothing in it is none. */
    static @Nullable String bodyOf(@Nullable String body) {
        return DraftRules.isBlank(body) ? null : body;
    }

    private static TemplateDraft tidy(TemplateDraft draft) {
        return new TemplateDraft(
                draft.name().strip(),
                draft.summary().strip(),
                draft.subject().strip(),
                bodyOf(draft.html()),
                bodyOf(draft.text()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static <T> Outcome<T> unknown(long templateId) {
        return Outcome.refused(new Refusal.TemplateUnknown(templateId));
    }
}
