package org.hongyan.mail.relay;

import org.hongyan.mail.smtp.EnhancedStatus;
import org.jspecify.annotations.Nullable;

/** How one attempt ended for one recipient. There is no fourth case, and no exception for a mail reason. */
public sealed interface DeliveryOutcome {

    /** The facts of the conversation, for history and classification. */
    Attempt attempt();

    /**
     * Where the attempt got to.
     *
     * @param host host name spoken to last; null when none was reached
     * @param address its IP address in text form; null when none was reached
     * @param tls protocol and cipher suite, such as {@code TLSv1.3 TLS_AES_256_GCM_SHA384}; null for clear text
     * @param reply code and text of the reply that decided, or a sentence of ours when no reply was received
     * @param replied whether {@code reply} was said by the other side
     */
    record Attempt(
            @Nullable String host,
            @Nullable String address,
            @Nullable String tls,
            String reply,
            boolean replied) {}

    /** The receiving host has taken responsibility. */
    record Delivered(Attempt attempt) implements DeliveryOutcome {}

    /** Not now; try again later. */
    record Deferred(EnhancedStatus status, Attempt attempt) implements DeliveryOutcome {}

    /** Never; the recipient is settled as failed. */
    record Bounced(EnhancedStatus status, Attempt attempt) implements DeliveryOutcome {}
}
