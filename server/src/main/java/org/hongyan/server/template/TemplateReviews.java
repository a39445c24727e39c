package org.hongyan.server.template;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The reviewers' queue (product rule 2). Only for the operator's side. Thread-safe. */
@Service
public class TemplateReviews {

    private static final int LONGEST_REASON = 2_000;

    private final TemplateRepository templates;
    private final Templates registry;
    private final AuditTrail auditTrail;
    private final TransactionTemplate transactions;
    private final Clock clock;

    TemplateReviews(
            TemplateRepository templates,
            Templates registry,
            AuditTrail auditTrail,
            TransactionTemplate transactions,
            Clock clock) {
        this.templates = templates;
        this.registry = registry;
        this.auditTrail = auditTrail;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A version that waits, with what the screening found. It has waited since {@code template.newest().createdAt()}. */
    public record Pending(Template template, AccountId account, List<Finding> findings) {}

    /** How an account's versions were judged so far; those of templates that it has deleted count too. */
    public record History(int approved, int rejected, int pending) {}

    /** Waiting versions, oldest first. */
    public List<Pending> queue(int offset, int limit) {
        return templates.waiting(offset, limit).stream().map(this::pending).toList();
    }

    /** How many wait. */
    public int waiting() {
        return templates.countWaiting();
    }

    /** One waiting version by template. */
    public Outcome<Pending> find(long templateId) {
        Optional<Template> found = templates.findAny(templateId);
        if (found.isEmpty()) {
            return Outcome.refused(new Refusal.TemplateUnknown(templateId));
        }
        return found.get().newest().state() == TemplateState.PENDING
                ? Outcome.done(pending(found.get()))
                : Outcome.refused(new Refusal.ReviewAlreadyDone(templateId));
    }

    /** How the account has done so far. */
    public History history(AccountId account) {
        return templates.history(account);
    }

    /** Approves the newest version, whatever it holds by now: for programs. People use {@link #approveVersion}. */
    public Outcome<Template> approve(long templateId, String reviewer) {
        return judge(templateId, Optional.empty(), approval(reviewer));
    }

    /**
     * Approves the version that the reviewer has seen; {@code ReviewAlreadyDone} when the author has put a newer one in
     * its place meanwhile.
     */
    public Outcome<Template> approveVersion(long templateId, long versionId, String reviewer) {
        return judge(templateId, Optional.of(versionId), approval(reviewer));
    }

    /** Rejects the newest version for a reason that the account reads: for programs. People use {@link #rejectVersion}. */
    public Outcome<Template> reject(long templateId, String reviewer, String reason) {
        return rejected(templateId, Optional.empty(), reviewer, reason);
    }

    /** Rejects the version that the reviewer has seen; else as {@link #approveVersion}. */
    public Outcome<Template> rejectVersion(long templateId, long versionId, String reviewer, String reason) {
        return rejected(templateId, Optional.of(versionId), reviewer, reason);
    }

    private static TemplateRepository.Judgement approval(String reviewer) {
        return new TemplateRepository.Judgement(TemplateState.APPROVED, reviewer, "");
    }

    private Outcome<Template> rejected(long templateId, Optional<Long> versionId, String reviewer, String reason) {
        if (reason.isBlank()) {
            return Outcome.refused(new Refusal.FieldMissing("reason"));
        }
        if (reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            return Outcome.refused(new Refusal.FieldIllegal(
                    "reason", reason.substring(0, Math.min(80, reason.length())), "1-" + LONGEST_REASON));
        }
        return judge(
                templateId,
                versionId,
                new TemplateRepository.Judgement(TemplateState.REJECTED, reviewer, reason.strip()));
    }

    private Outcome<Template> judge(long templateId, Optional<Long> versionId, TemplateRepository.Judgement judgement) {
        Outcome<Template> outcome = transactions.execute(transaction -> {
            // With the lock no edit can come between the look below and the judgement.
            if (!templates.lock(templateId)) {
                return Outcome.refused(new Refusal.TemplateUnknown(templateId));
            }
            Template template = templates.findAny(templateId).orElseThrow();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            if (versionId.isPresent() && versionId.get() != template.newest().id()
                    || template.newest().state() != TemplateState.PENDING
                    || !templates.judge(template.newest().id(), TemplateState.PENDING, judgement, now)) {
                return Outcome.refused(new Refusal.ReviewAlreadyDone(templateId));
            }
            auditTrail.record(
                    template.accountId(),
                    judgement.reviewer(),
                    judgement.state() == TemplateState.APPROVED ? "template.approve" : "template.reject",
                    templateId + " v" + template.newest().number(),
                    judgement.reason());
            return Outcome.done(templates.findAny(templateId).orElseThrow());
        });
        if (outcome instanceof Outcome.Done<Template>(Template judged)) {
            registry.forget(judged);
        }
        return Objects.requireNonNull(outcome);
    }

    private Pending pending(Template template) {
        return new Pending(
                template,
                template.accountId(),
                templates.findings(template.newest().id()));
    }
}
