package org.hongyan.server.reputation;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One thing that counts for a domain.
 *
 * @param firstAttemptAt decides whose day it counts for (product rule 4, Definitions)
 */
public record TallyMark(long domainId, Instant firstAttemptAt, What what) {

    /** What happened to one recipient. */
    public enum What {
        /** Its first attempt was made; it uses the place it had. */
        SENT,
        /** The receiving host took it. */
        DELIVERED,
        /** It failed since the address is invalid. */
        INVALID,
        /** It was refused for its content or for the sending domain. */
        SPAM_REJECTED,
        /** It failed for a reason that is not the account's. */
        OTHER_BOUNCED,
        /** It was tried until its time was over. */
        EXPIRED,
        /** What was counted as delivered came back. */
        DELIVERED_NO_MORE,
        /** Its reader complained. */
        COMPLAINT,
        /** A person opened it. */
        OPEN,
        /** A person followed a link. */
        CLICK,
        /** Its reader unsubscribed. */
        UNSUBSCRIBE
    }

    TallyChange change(LocalDate day) {
        return switch (what) {
            case SENT -> new TallyChange(domainId, day, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            case DELIVERED -> new TallyChange(domainId, day, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
            case INVALID -> new TallyChange(domainId, day, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
            case SPAM_REJECTED -> new TallyChange(domainId, day, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
            case OTHER_BOUNCED -> new TallyChange(domainId, day, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
            case EXPIRED -> new TallyChange(domainId, day, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
            case DELIVERED_NO_MORE -> new TallyChange(domainId, day, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0);
            case COMPLAINT -> new TallyChange(domainId, day, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
            case OPEN -> new TallyChange(domainId, day, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
            case CLICK -> new TallyChange(domainId, day, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
            case UNSUBSCRIBE -> new TallyChange(domainId, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        };
    }
}
