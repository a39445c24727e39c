package org.hongyan.server.reputation;

import java.time.LocalDate;

/**
 * What is to be added to one domain's day. A late report takes from one count and adds to another, so parts may be
 * negative.
 *
 * @param invalid unknown users, missing domains, null MX, disabled mailboxes; nothing else
 * @param spamRejected refusals for content or for the sending domain; nothing else
 * @param otherBounced failures that are nobody's here
 */
record TallyChange(
        long domainId,
        LocalDate day,
        long sent,
        long delivered,
        long invalid,
        long spamRejected,
        long otherBounced,
        long expired,
        long complaints,
        long opens,
        long clicks,
        long unsubscribes) {

    /** In the order of the table's columns. */
    long[] counts() {
        return new long[] {
            sent, delivered, invalid, spamRejected, otherBounced, expired, complaints, opens, clicks, unsubscribes
        };
    }

    TallyChange plus(TallyChange other) {
        return new TallyChange(
                domainId,
                day,
                sent + other.sent,
                delivered + other.delivered,
                invalid + other.invalid,
                spamRejected + other.spamRejected,
                otherBounced + other.otherBounced,
                expired + other.expired,
                complaints + other.complaints,
                opens + other.opens,
                clicks + other.clicks,
                unsubscribes + other.unsubscribes);
    }
}
