package org.hongyan.server.delivery;

import java.time.Instant;
import org.hongyan.mail.relay.DeliveryOutcome;
import org.hongyan.server.queue.QueuedRecipient;

/** What is to be written down about one recipient. */
sealed interface AttemptResult {

    QueuedRecipient recipient();

    Instant at();

    /** An attempt ended. */
    record Attempted(QueuedRecipient recipient, Instant startedAt, Instant at, DeliveryOutcome outcome)
            implements AttemptResult {}

    /** Its time was over before an attempt. */
    record Expired(QueuedRecipient recipient, Instant at) implements AttemptResult {}

    /** It must not be mailed any more. */
    record Dropped(QueuedRecipient recipient, Instant at, String reason) implements AttemptResult {}
}
