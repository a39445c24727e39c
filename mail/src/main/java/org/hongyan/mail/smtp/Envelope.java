package org.hongyan.mail.smtp;

import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;

/**
 * What an SMTP transaction says about a message apart from the message (RFC 5321 §2.3.1).
 *
 * @param returnPath where delivery reports go
 * @param recipients in the order given, at least one
 */
public record Envelope(ReversePath returnPath, List<EmailAddress> recipients) {

    /** @throws IllegalArgumentException when there is no recipient */
    public Envelope {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("an envelope has at least one recipient");
        }
        recipients = List.copyOf(recipients);
    }

    /** Whether the return path can only be said with SMTPUTF8 (RFC 6531). */
    public boolean returnPathNeedsSmtpUtf8() {
        return returnPath instanceof ReversePath.Mailbox(EmailAddress address) && address.needsSmtpUtf8();
    }
}
