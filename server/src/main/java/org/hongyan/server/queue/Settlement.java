package org.hongyan.server.queue;

import java.time.Instant;

/** What becomes of a recipient after an attempt, or instead of one. */
public sealed interface Settlement {

    /** Which. */
    QueuedRecipient recipient();

    /** It leaves the queue: delivered, bounced, expired or dropped. */
    record Leave(QueuedRecipient recipient) implements Settlement {}

    /**
     * It was tried in vain and waits on.
     *
     * @param firstAttemptAt when it was tried first
     * @param reply why, for the queue's status page
     */
    record Wait(QueuedRecipient recipient, Instant due, Instant firstAttemptAt, String reply) implements Settlement {}
}
