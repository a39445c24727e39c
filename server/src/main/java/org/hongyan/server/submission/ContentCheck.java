package org.hongyan.server.submission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hongyan.mail.address.NamedAddress;
import org.hongyan.mail.message.HeaderField;
import org.hongyan.mail.message.MalformedTemplateException;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.message.MessageTemplate;
import org.hongyan.server.account.Account;
import org.hongyan.server.policy.ContentPolicy;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.queue.MailContent;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.template.CompiledTemplate;
import org.hongyan.server.template.Templates;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks what is to be sent: an approved template with its values, own content, or a whole message. What is not an
 * approved template passes the content policy instead. Thread-safe.
 */
@Component
final class ContentCheck {

    private static final int LONGEST_SUBJECT = 998;

    private final Templates templates;
    private final ContentPolicy policy;
    private final SubmissionProperties limits;

    ContentCheck(Templates templates, ContentPolicy policy, SubmissionProperties limits) {
        this.templates = templates;
        this.policy = policy;
        this.limits = limits;
    }

    /**
     * Content that passed.
     *
     * @param author as the message names it
     * @param subject as the recipients read it
     */
    record Checked(NamedAddress author, MailContent.Body body, List<MailContent.File> files, String subject) {}

    Outcome<Checked> check(Account account, NamedAddress author, Submission submission) {
        return switch (submission.content()) {
            case Submission.Content.Templated templated -> templated(author, submission, templated);
            case Submission.Content.Own own ->
                account.ownContentAllowed()
                        ? own(author, submission, own)
                        : Outcome.refused(new Refusal.OwnContentNotAllowed());
            case Submission.Content.Raw raw -> whole(author, raw);
        };
    }

    private Outcome<Checked> templated(
            NamedAddress author, Submission submission, Submission.Content.Templated templated) {
        return switch (templates.approved(submission.account(), templated.templateId())) {
            case Outcome.Refused<CompiledTemplate>(Refusal refusal) -> Outcome.refused(refusal);
            case Outcome.Done<CompiledTemplate>(CompiledTemplate template) ->
                switch (Variables.parse(templated.variablesJson())) {
                    case Outcome.Refused<Map<String, String>>(Refusal refusal) -> Outcome.refused(refusal);
                    case Outcome.Done<Map<String, String>>(Map<String, String> values) ->
                        templated(author, submission, template, values);
                };
        };
    }

    private Outcome<Checked> templated(
            NamedAddress author, Submission submission, CompiledTemplate template, Map<String, String> values) {
        Set<String> wanted = new HashSet<>(template.variables());
        String subject = submission.subject();
        if (subject != null) {
            try {
                wanted.addAll(MessageTemplate.compile(subject, MessageTemplate.Escape.NONE)
                        .variables());
            } catch (MalformedTemplateException malformed) {
                return Outcome.refused(new Refusal.SubjectIllegal(String.valueOf(malformed.getMessage())));
            }
        }
        Optional<Refusal> mismatch = Variables.match(wanted, values.keySet());
        if (mismatch.isPresent()) {
            return Outcome.refused(mismatch.get());
        }
        String rendered = template.render(subject, values).subject();
        return withFiles(
                submission, rendered, null, null, author, new MailContent.Body.Template(template.versionId(), values));
    }

    private Outcome<Checked> own(NamedAddress author, Submission submission, Submission.Content.Own own) {
        String html = blankToNull(own.html());
        String text = blankToNull(own.text());
        if (html == null && text == null) {
            return Outcome.refused(new Refusal.ContentMissing());
        }
        long size = size(html) + size(text);
        if (size > limits.largestContent().toBytes()) {
            return Outcome.refused(
                    new Refusal.ContentTooLarge(size, limits.largestContent().toBytes()));
        }
        String subject = submission.subject() == null ? "" : submission.subject();
        return withFiles(submission, subject, html, text, author, new MailContent.Body.Own(html, text));
    }

    /** The policy looks at what no person has approved: own text, and files in any case. */
    private Outcome<Checked> withFiles(
            Submission submission,
            String subject,
            @Nullable String html,
            @Nullable String text,
            NamedAddress author,
            MailContent.Body body) {
        Optional<Refusal> badSubject = subjectProblem(subject);
        if (badSubject.isPresent()) {
            return Outcome.refused(badSubject.get());
        }
        return switch (AttachmentRules.check(
                submission.attachments(), limits.largestAttachments().toBytes())) {
            case Outcome.Refused<List<MailContent.File>>(Refusal refusal) -> Outcome.refused(refusal);
            case Outcome.Done<List<MailContent.File>>(List<MailContent.File> files) -> {
                boolean unseen = html != null || text != null || !files.isEmpty();
                Optional<Refusal> violation =
                        unseen ? violation(policy.examine(subject, html, text, parts(files))) : Optional.empty();
                yield violation.isPresent()
                        ? Outcome.refused(violation.get())
                        : Outcome.done(new Checked(author, body, files, subject));
            }
        };
    }

    private Outcome<Checked> whole(NamedAddress author, Submission.Content.Raw raw) {
        return switch (WholeMessage.read(raw.message())) {
            case Outcome.Refused<WholeMessage>(Refusal refusal) -> Outcome.refused(refusal);
            case Outcome.Done<WholeMessage>(WholeMessage message) -> {
                if (!message.author()
                        .address()
                        .comparisonKey()
                        .equals(author.address().comparisonKey())) {
                    yield Outcome.refused(new Refusal.FieldIllegal(
                            "from",
                            message.author().address().toString(),
                            author.address().toString()));
                }
                Optional<Refusal> violation =
                        violation(policy.examine(message.subject(), message.html(), message.text(), message.parts()));
                yield violation.isPresent()
                        ? Outcome.refused(violation.get())
                        : Outcome.done(new Checked(
                                message.author(),
                                new MailContent.Body.Whole(traced(raw)),
                                List.of(),
                                message.subject()));
            }
        };
    }

    private static byte[] traced(Submission.Content.Raw raw) {
        return Message.ofCanonical(raw.message())
                .withFieldsFirst(List.of(new HeaderField("Received", raw.received())))
                .bytes();
    }

    private static Optional<Refusal> subjectProblem(String subject) {
        if (subject.isBlank()) {
            return Optional.of(new Refusal.SubjectIllegal("empty"));
        }
        if (subject.length() > LONGEST_SUBJECT) {
            return Optional.of(new Refusal.SubjectIllegal("longer than " + LONGEST_SUBJECT + " characters"));
        }
        return subject.chars().anyMatch(Character::isISOControl)
                ? Optional.of(new Refusal.SubjectIllegal("a control character"))
                : Optional.empty();
    }

    private static Optional<Refusal> violation(List<Finding> findings) {
        List<String> refused = findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.REFUSED)
                .map(finding -> finding.rule() + " " + finding.matched())
                .toList();
        return refused.isEmpty() ? Optional.empty() : Optional.of(new Refusal.PolicyViolated(refused));
    }

    private static List<ContentPolicy.Part> parts(List<MailContent.File> files) {
        List<ContentPolicy.Part> parts = new ArrayList<>(files.size());
        for (MailContent.File file : files) {
            parts.add(new ContentPolicy.Part(file.name(), file.contentType(), file.content()));
        }
        return parts;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static long size(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
