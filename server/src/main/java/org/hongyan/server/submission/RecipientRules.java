package org.hongyan.server.submission;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;

/** Reads and counts the recipients of a submission. Pure. */
final class RecipientRules {

    private final SubmissionProperties limits;

    RecipientRules(SubmissionProperties limits) {
        this.limits = limits;
    }

    /**
     * @param to shown
     * @param cc shown
     * @param all everybody who gets the mail, each once
     */
    record Recipients(List<EmailAddress> to, List<EmailAddress> cc, List<EmailAddress> all) {}

    Outcome<Recipients> check(Submission submission) {
        if (submission.content() instanceof Submission.Content.Raw raw) {
            return checkEnvelope(raw.envelopeRecipients());
        }
        Optional<Refusal> tooMany = tooMany(submission);
        if (tooMany.isPresent()) {
            return Outcome.refused(tooMany.get());
        }
        List<EmailAddress> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<List<EmailAddress>> fields = new ArrayList<>();
        List<List<String>> given = List.of(submission.to(), submission.cc(), submission.bcc());
        List<String> names = List.of("to", "cc", "bcc");
        for (int i = 0; i < given.size(); i++) {
            List<EmailAddress> field = new ArrayList<>();
            for (String text : given.get(i)) {
                EmailAddress address;
                try {
                    address = EmailAddress.parse(text);
                } catch (IllegalArgumentException malformed) {
                    return Outcome.refused(
                            new Refusal.AddressMalformed(names.get(i), text, String.valueOf(malformed.getMessage())));
                }
                if (!seen.add(address.comparisonKey())) {
                    return Outcome.refused(new Refusal.RecipientRepeated(names.get(i), text));
                }
                field.add(address);
                all.add(address);
            }
            fields.add(field);
        }
        return all.isEmpty()
                ? Outcome.refused(new Refusal.NoRecipients())
                : Outcome.done(new Recipients(fields.get(0), fields.get(1), all));
    }

    private Optional<Refusal> tooMany(Submission submission) {
        int to = submission.to().size();
        int cc = submission.cc().size();
        int bcc = submission.bcc().size();
        if (submission.via() == Submission.Via.CONSOLE) {
            return over("to", to + cc + bcc, limits.consoleRecipients());
        }
        return over("to", to, limits.to())
                .or(() -> over("cc", cc, limits.copies()))
                .or(() -> over("bcc", bcc, limits.copies()));
    }

    private static Optional<Refusal> over(String field, int count, int limit) {
        return count > limit ? Optional.of(new Refusal.TooManyRecipients(field, count, limit)) : Optional.empty();
    }

    /** RCPT may name a mailbox twice without harm: it gets one copy. */
    private Outcome<Recipients> checkEnvelope(List<EmailAddress> envelope) {
        List<EmailAddress> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (EmailAddress recipient : envelope) {
            if (seen.add(recipient.comparisonKey())) {
                all.add(recipient);
            }
        }
        if (all.isEmpty()) {
            return Outcome.refused(new Refusal.NoRecipients());
        }
        return over("to", all.size(), limits.smtpRecipients())
                .<Outcome<Recipients>>map(Outcome::refused)
                .orElseGet(() -> Outcome.done(new Recipients(List.of(), List.of(), all)));
    }
}
