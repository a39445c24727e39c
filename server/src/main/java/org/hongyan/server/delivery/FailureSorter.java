package org.hongyan.server.delivery;

import org.hongyan.mail.relay.DeliveryOutcome;
import org.hongyan.mail.report.Blame;
import org.hongyan.mail.report.BounceCategory;
import org.hongyan.mail.report.BounceClassifier;
import org.hongyan.mail.report.Classification;
import org.hongyan.mail.smtp.EnhancedStatus;
import org.hongyan.mail.smtp.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sorts failures: what a receiving host said by the rules of replies, what we found out ourselves by its status code.
 * Thread-safe.
 */
@Component
final class FailureSorter {

    private final BounceClassifier classifier = BounceClassifier.standard();

    /** Whether a 5xx is a "not now", such as a rate limit told as 550. */
    boolean isPassing(String mxHost, Reply reply) {
        return switch (classifier.classify(mxHost, reply).category()) {
            case RATE_LIMITED, TEMPORARY, NETWORK -> true;
            case INVALID_ADDRESS, MAILBOX_FULL, SPAM_REJECTED, POLICY, AUTH, OTHER -> false;
        };
    }

    Classification sort(DeliveryOutcome.Deferred deferred) {
        return sort(deferred.status(), deferred.attempt());
    }

    Classification sort(DeliveryOutcome.Bounced bounced) {
        return sort(bounced.status(), bounced.attempt());
    }

    private Classification sort(EnhancedStatus status, DeliveryOutcome.Attempt attempt) {
        if (attempt.replied()) {
            return classifier.classify(orEmpty(attempt.host()), attempt.reply());
        }
        boolean permanent = status.statusClass() == 5;
        String rule = "own/" + status;
        return switch (status.subject()) {
            // The DNS says that there is no such domain, or that it takes no mail (RFC 7505).
            case 1 ->
                permanent
                        ? new Classification(BounceCategory.INVALID_ADDRESS, Blame.RECIPIENT, rule)
                        : new Classification(BounceCategory.TEMPORARY, Blame.RECEIVER, rule);
            case 4 -> new Classification(BounceCategory.NETWORK, Blame.RECEIVER, rule);
            case 6 -> new Classification(BounceCategory.POLICY, Blame.CONTENT, rule);
            case 7 -> new Classification(BounceCategory.POLICY, Blame.RECEIVER, rule);
            default -> new Classification(permanent ? BounceCategory.OTHER : BounceCategory.TEMPORARY, Blame.US, rule);
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
