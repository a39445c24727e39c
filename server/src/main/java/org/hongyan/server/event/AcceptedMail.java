package org.hongyan.server.event;

import java.time.Instant;
import java.util.List;
import org.hongyan.server.account.AccountId;

/**
 * What the ledger keeps of a mail from its acceptance on.
 *
 * @param sender the sender address
 * @param subject as the recipients read it, or the pattern it is made from
 * @param recipients in the order of their ordinals
 */
public record AcceptedMail(
        MessageId messageId,
        AccountId account,
        long domainId,
        String sender,
        String subject,
        Instant acceptedAt,
        List<String> recipients) {

    /** Copies the list. */
    public AcceptedMail {
        recipients = List.copyOf(recipients);
    }
}
