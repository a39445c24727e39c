package org.hongyan.sandbox.inbox;

import java.time.Instant;
import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;

/**
 * How a mail came in.
 *
 * @param at when its last octet was read
 * @param returnPath what MAIL FROM said
 * @param recipients those that were accepted, at least one
 * @param client IP address of the client
 * @param helo what EHLO said; empty when it was not said
 * @param encrypted whether it came over TLS
 */
public record Receipt(
        Instant at,
        ReversePath returnPath,
        List<EmailAddress> recipients,
        String client,
        String helo,
        boolean encrypted) {

    /** @throws IllegalArgumentException when there is no recipient */
    public Receipt {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a mail is received for at least one recipient");
        }
        recipients = List.copyOf(recipients);
    }
}
