package org.hongyan.server.console;

import org.hongyan.server.refusal.Refusal;
import org.springframework.stereotype.Component;

/**
 * The console's words for every {@link Refusal}: what happened, why, what to do. The one switch decides which facts a
 * sentence is given; the sentences are in the bundle under {@code refusal.}. Thread-safe.
 */
@Component
final class RefusalTexts {

    private static final int LONGEST_FACT = 120;

    private final Words words;
    private final Figures figures;

    RefusalTexts(Words words, Figures figures) {
        this.words = words;
        this.figures = figures;
    }

    /** One or two sentences in the language of the request. */
    String of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.FieldMissing missing -> say("field-missing", field(missing.field()));
            case Refusal.FieldIllegal illegal ->
                say("field-illegal", field(illegal.field()), illegal.given(), illegal.allowed());
            case Refusal.NotBase64 broken -> say("not-base64", field(broken.field()));
            case Refusal.AccountNotActive inactive -> say("account-not-active");
            case Refusal.NotPermitted denied -> say("not-permitted");
            case Refusal.DomainMalformed malformed -> say("domain-malformed", malformed.given());
            case Refusal.DomainIsPublicSuffix suffix -> say("domain-is-public-suffix", suffix.name());
            case Refusal.DomainExists exists -> say("domain-exists", exists.name());
            case Refusal.DomainTaken taken -> say("domain-taken", taken.name());
            case Refusal.DomainAtEnterpriseMailbox clash ->
                say("domain-at-enterprise-mailbox", clash.name(), clash.exchange());
            case Refusal.TooManyDomains many -> say("too-many-domains", figures.count(many.limit()));
            case Refusal.DomainUnknown unknown -> say("domain-unknown", unknown.name());
            case Refusal.DomainNotVerified unverified -> say("domain-not-verified", unverified.name());
            case Refusal.DomainInUse used -> say("domain-in-use", used.name(), figures.count(used.senders()));
            case Refusal.DomainAbnormal abnormal ->
                say("domain-abnormal", abnormal.name(), figures.at(abnormal.since()));
            case Refusal.AddressMalformed malformed -> say("address-malformed", malformed.given());
            case Refusal.DisplayNameIllegal illegal -> say("display-name-illegal", illegal.given());
            case Refusal.SenderExists exists -> say("sender-exists", exists.address());
            case Refusal.SenderUnknown unknown -> say("sender-unknown", unknown.address());
            case Refusal.TooManySenders many -> say("too-many-senders", figures.count(many.limit()));
            case Refusal.PasswordTooWeak weak -> say("password-too-weak");
            case Refusal.PasswordReused reused -> say("password-reused");
            case Refusal.TemplateUnknown unknown -> say("template-unknown");
            case Refusal.TemplateNotApproved unapproved -> say("template-not-approved");
            case Refusal.TemplateNameIllegal illegal -> say("template-name-illegal");
            case Refusal.TemplateEmpty empty -> say("template-empty");
            case Refusal.TemplateMalformed malformed ->
                say("template-malformed", field(malformed.field()), malformed.line(), malformed.column());
            case Refusal.TemplateTooLarge large ->
                say("template-too-large", figures.size(large.size()), figures.size(large.limit()));
            case Refusal.TooManyTemplates many -> say("too-many-templates", figures.count(many.limit()));
            case Refusal.ReviewAlreadyDone done -> say("review-already-done");
            case Refusal.PolicyViolated violated -> say("policy-violated", String.join(" · ", violated.findings()));
            case Refusal.NoRecipients none -> say("no-recipients");
            case Refusal.TooManyRecipients many ->
                say("too-many-recipients", figures.count(many.count()), figures.count(many.limit()));
            case Refusal.RecipientRepeated repeated -> say("recipient-repeated", repeated.address());
            case Refusal.RecipientSuppressed suppressed -> say("recipient-suppressed", suppressed.address());
            case Refusal.RecipientUnsubscribed gone -> say("recipient-unsubscribed", gone.address(), gone.domain());
            case Refusal.RecipientTooOften often ->
                say("recipient-too-often", often.address(), figures.count(often.limitPerHour()));
            case Refusal.SubjectIllegal illegal -> say("subject-illegal");
            case Refusal.VariablesNotJson broken ->
                broken.line() > 0
                        ? say("variables-not-json", broken.line(), broken.column())
                        : say("variables-not-an-object");
            case Refusal.VariablesMissing missing -> say("variables-missing", String.join(" ", missing.names()));
            case Refusal.VariablesSurplus surplus -> say("variables-surplus", String.join(" ", surplus.names()));
            case Refusal.VariableHasMarkup markup -> say("variable-has-markup", markup.name());
            case Refusal.ContentMissing missing -> say("content-missing");
            case Refusal.OwnContentNotAllowed denied -> say("own-content-not-allowed");
            case Refusal.ContentTooLarge large ->
                say("content-too-large", figures.size(large.size()), figures.size(large.limit()));
            case Refusal.MessageMalformed malformed -> say("message-malformed");
            case Refusal.HeaderIllegal illegal -> say("header-illegal", illegal.name());
            case Refusal.TooManyAttachments many ->
                say("too-many-attachments", figures.count(many.count()), figures.count(many.limit()));
            case Refusal.AttachmentNameIllegal illegal -> say("attachment-name-illegal", illegal.name());
            case Refusal.AttachmentsTooLarge large ->
                say("attachments-too-large", figures.size(large.size()), figures.size(large.limit()));
            case Refusal.DailyCapReached reached ->
                say(
                        "daily-cap-reached",
                        reached.domain(),
                        figures.count(reached.cap()),
                        figures.clock(reached.resetsAt()));
            case Refusal.DomainBanned banned ->
                say("domain-banned", banned.domain(), banned.rule(), figures.clock(banned.until()));
            case Refusal.DomainAtLevelZero zero -> say("domain-at-level-zero", zero.domain());
            case Refusal.TooFast fast -> say("too-fast", figures.count(fast.limitPerSecond()));
            case Refusal.IdempotencyConflict conflict -> say("idempotency-conflict");
            case Refusal.TemporarilyUnavailable away -> say("temporarily-unavailable");
        };
    }

    /** The refusal beside the control that it is about. */
    Problems problems(Refusal refusal) {
        return Problems.none().add(refusal.field(), of(refusal));
    }

    private String say(String key, Object... facts) {
        Object[] shown = new Object[facts.length];
        for (int i = 0; i < facts.length; i++) {
            shown[i] = facts[i] instanceof String text && text.length() > LONGEST_FACT
                    ? text.substring(0, LONGEST_FACT) + "…"
                    : facts[i];
        }
        return words.of("refusal." + key, shown);
    }

    private String field(String name) {
        return words.orElse("field." + name, "field.unnamed", name);
    }
}
