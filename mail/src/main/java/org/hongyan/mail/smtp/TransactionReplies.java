package org.hongyan.mail.smtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replies of one transaction as they come in; they are told apart by their order alone. */
final class TransactionReplies {

    private final List<Optional<SmtpFailure>> recipients;
    private final int expected;
    private @Nullable SmtpFailure mailRefused;
    private @Nullable SmtpFailure farewell;
    private int accepted;

    TransactionReplies(int expected) {
        this.expected = expected;
        this.recipients = new ArrayList<>(expected);
    }

    int expected() {
        return expected;
    }

    boolean mailRefused() {
        return mailRefused != null;
    }

    /** Recipients accepted so far. */
    int accepted() {
        return accepted;
    }

    /** The 421 among the replies, after which no other is to be waited for. */
    @Nullable
    SmtpFailure farewell() {
        return farewell;
    }

    void mail(Reply reply) throws SmtpTrouble {
        mailRefused = failureOf(Stage.MAIL, reply).orElse(null);
    }

    void rcpt(Reply reply) throws SmtpTrouble {
        Optional<SmtpFailure> failure = failureOf(Stage.RCPT, reply);
        // After a refused MAIL every RCPT is refused as out of order; the first cause counts.
        recipients.add(mailRefused == null ? failure : Optional.of(mailRefused));
        if (mailRefused == null && failure.isEmpty()) {
            accepted++;
        }
    }

    List<Optional<SmtpFailure>> perRecipient() {
        return List.copyOf(recipients);
    }

    List<SmtpFailure> refused() {
        SmtpFailure ofAll = mailRefused;
        if (ofAll != null) {
            return Collections.nCopies(expected, ofAll);
        }
        return recipients.stream().map(Optional::orElseThrow).toList();
    }

    /** Recipients that were accepted or not yet answered share that failure; the others keep their own. */
    List<SmtpFailure> refusedBy(SmtpFailure shared) {
        SmtpFailure ofAll = mailRefused;
        if (ofAll != null) {
            return Collections.nCopies(expected, ofAll);
        }
        List<SmtpFailure> failures = new ArrayList<>(Collections.nCopies(expected, shared));
        for (int i = 0; i < recipients.size(); i++) {
            failures.set(i, recipients.get(i).orElse(shared));
        }
        return failures;
    }

    private Optional<SmtpFailure> failureOf(Stage stage, Reply reply) throws SmtpTrouble {
        if (reply.isIntermediate()) {
            throw new SmtpTrouble(new SmtpFailure.Garbled(stage, "unexpected reply to " + stage + ": " + reply));
        }
        if (reply.isPositive()) {
            return Optional.empty();
        }
        SmtpFailure failure = new SmtpFailure.Rejected(stage, reply);
        if (reply.code() == Reply.CLOSING) {
            farewell = failure;
        }
        return Optional.of(failure);
    }
}
