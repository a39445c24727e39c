package org.hongyan.server.submission;

import org.hongyan.server.event.MessageId;
import org.hongyan.server.refusal.Refusal;

/** Our answer to a submission. */
public sealed interface Acceptance {

    /** Durably stored: it will be delivered, bounced or expire, with an event. */
    record Accepted(MessageId messageId) implements Acceptance {}

    /** Declined; nothing has changed. */
    record Refused(Refusal refusal) implements Acceptance {}
}
