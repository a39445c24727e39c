package org.hongyan.server.delivery;

import java.util.Locale;
import org.hongyan.mail.relay.DeliveryOutcome;
import org.hongyan.mail.report.BounceCategory;
import org.hongyan.mail.smtp.EnhancedStatus;
import org.hongyan.mail.smtp.Reply;
import org.springframework.stereotype.Component;

/** Sorts failures by their enhanced status code (RFC 3463) and, where that says little, by a few words. Thread-safe. */
@Component
final class FailureSorter {

    private static final String RECIPIENT = "recipient";
    private static final String US = "us";
    private static final String SOURCE = "source";

    /** Whether a 5xx is a "not now": rates and blocks of our address are not the recipient's fault. */
    boolean isPassing(String mxHost, Reply reply) {
        return sort(reply.enhancedStatus().orElse(new EnhancedStatus(5, 0, 0)), reply.text(), true)
                        .category()
                == BounceCategory.RATE_LIMITED;
    }

    Sorted sort(DeliveryOutcome.Deferred deferred) {
        return sort(
                deferred.status(),
                deferred.attempt().reply(),
                deferred.attempt().replied());
    }

    Sorted sort(DeliveryOutcome.Bounced bounced) {
        return sort(
                bounced.status(), bounced.attempt().reply(), bounced.attempt().replied());
    }

    private static Sorted sort(EnhancedStatus status, String reply, boolean replied) {
        String text = reply.toLowerCase(Locale.ROOT);
        boolean permanent = status.statusClass() == 5;
        if (text.contains("frequency") || text.contains("too many") || text.contains("rate limit")) {
            return new Sorted(BounceCategory.RATE_LIMITED, SOURCE);
        }
        if (text.contains("spam") || text.contains("junk") || text.contains("unsolicited")) {
            return new Sorted(BounceCategory.SPAM_REJECTED, text.contains(" ip ") ? SOURCE : "content");
        }
        return switch (status.subject()) {
            case 1 ->
                permanent
                        ? new Sorted(BounceCategory.INVALID_ADDRESS, RECIPIENT)
                        : new Sorted(BounceCategory.TEMPORARY, RECIPIENT);
            case 2 ->
                switch (status.detail()) {
                    case 1 ->
                        permanent
                                ? new Sorted(BounceCategory.INVALID_ADDRESS, RECIPIENT)
                                : new Sorted(BounceCategory.TEMPORARY, RECIPIENT);
                    case 2 -> new Sorted(BounceCategory.MAILBOX_FULL, RECIPIENT);
                    default -> new Sorted(BounceCategory.POLICY, RECIPIENT);
                };
            case 3 -> new Sorted(permanent ? BounceCategory.POLICY : BounceCategory.TEMPORARY, RECIPIENT);
            case 4 -> new Sorted(BounceCategory.NETWORK, replied ? RECIPIENT : US);
            case 7 ->
                switch (status.detail()) {
                    case 20, 21, 22, 23, 24, 25, 26 -> new Sorted(BounceCategory.AUTH, "domain");
                    default -> new Sorted(permanent ? BounceCategory.POLICY : BounceCategory.TEMPORARY, RECIPIENT);
                };
            default -> new Sorted(permanent ? BounceCategory.OTHER : BounceCategory.TEMPORARY, RECIPIENT);
        };
    }
}
