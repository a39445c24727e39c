package org.hongyan.server.event;

import org.hongyan.server.account.AccountId;

/**
 * Names one recipient of one message.
 *
 * @param ordinal place among the recipients of the message, from 0
 * @param recipient the address as the message was sent to it
 */
public record RecipientRef(AccountId account, MessageId messageId, int ordinal, String recipient) {

    /** @throws IllegalArgumentException when the ordinal is negative */
    public RecipientRef {
        if (ordinal < 0) {
            throw new IllegalArgumentException("recipients are counted from 0");
        }
    }
}
