package org.hongyan.server.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.event.MessageId;

/**
 * A checked mail that is about to be accepted. Immutable; the costly part, turning the content into octets, happens
 * once, in {@link #of}, on the thread of the caller.
 */
public final class NewMail {

    private final AccountId account;
    private final long domainId;
    private final boolean trigger;
    private final Duration life;
    private final List<EmailAddress> recipients;
    private final boolean personal;
    private final byte[] content;

    private NewMail(
            AccountId account,
            long domainId,
            boolean trigger,
            Duration life,
            List<EmailAddress> recipients,
            MailContent content) {
        this.account = account;
        this.domainId = domainId;
        this.trigger = trigger;
        this.life = life;
        this.recipients = List.copyOf(recipients);
        this.personal = content.personal();
        this.content = ContentCodec.encode(content);
    }

    /**
     * @param trigger whether it overtakes bulk mail
     * @param life how long it is tried
     * @param recipients at least one; their places are their ordinals
     */
    public static NewMail of(
            AccountId account,
            long domainId,
            boolean trigger,
            Duration life,
            List<EmailAddress> recipients,
            MailContent content) {
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a mail has at least one recipient");
        }
        return new NewMail(account, domainId, trigger, life, recipients, content);
    }

    /** Whose it is. */
    public AccountId account() {
        return account;
    }

    /** The sending domain. */
    public long domainId() {
        return domainId;
    }

    /** In the order of their ordinals. */
    public List<EmailAddress> recipients() {
        return recipients;
    }

    /** Octets that it takes in the store and in memory. */
    public int size() {
        return content.length;
    }

    boolean bulk() {
        return !trigger;
    }

    Instant expiresAt(Instant acceptedAt) {
        return acceptedAt.plus(life);
    }

    QueuedMessage queued(long id, MessageId messageId, Instant acceptedAt) {
        return new QueuedMessage(id, messageId, account, domainId, acceptedAt, recipients.size(), personal, content);
    }
}
