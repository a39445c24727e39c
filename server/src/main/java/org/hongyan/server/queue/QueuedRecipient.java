package org.hongyan.server.queue;

import java.time.Instant;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.event.RecipientRef;

/**
 * One recipient that waits, as a node holds it in memory. Immutable and thread-safe; two of them are the same only when
 * they are the same object.
 */
public final class QueuedRecipient {

    /** Names a row of the hot table. */
    record Key(long message, int ordinal) {}

    private final QueuedMessage message;
    private final int ordinal;
    private final EmailAddress address;
    private final boolean bulk;
    private final int attempts;
    private final Instant expiresAt;
    private final Optional<Instant> firstAttemptAt;
    private final String lastReply;

    QueuedRecipient(
            QueuedMessage message, int ordinal, EmailAddress address, boolean bulk, Instant expiresAt, Past past) {
        this.message = message;
        this.ordinal = ordinal;
        this.address = address;
        this.bulk = bulk;
        this.expiresAt = expiresAt;
        this.attempts = past.attempts();
        this.firstAttemptAt = past.firstAttemptAt();
        this.lastReply = past.lastReply();
    }

    /** What has been tried. */
    record Past(int attempts, Optional<Instant> firstAttemptAt, String lastReply) {
        static final Past NONE = new Past(0, Optional.empty(), "");
    }

    /** Name in the ledger. */
    public RecipientRef ref() {
        return new RecipientRef(message.account(), message.messageId(), ordinal, address.toString());
    }

    /** The message it is a recipient of. */
    public MessageId messageId() {
        return message.messageId();
    }

    /** Whose mail it is. */
    public AccountId account() {
        return message.account();
    }

    /** The sending domain. */
    public long domainId() {
        return message.domainId();
    }

    /** When the mail was accepted. */
    public Instant acceptedAt() {
        return message.acceptedAt();
    }

    /** Place among the recipients of the message. */
    public int ordinal() {
        return ordinal;
    }

    /** Whom it goes to. */
    public EmailAddress address() {
        return address;
    }

    /** False for trigger mail, which overtakes. */
    public boolean bulk() {
        return bulk;
    }

    /** Attempts made so far. */
    public int attempts() {
        return attempts;
    }

    /** After this it is not tried any more. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Whose day its results count for; empty before the first attempt. */
    public Optional<Instant> firstAttemptAt() {
        return firstAttemptAt;
    }

    /** Why it was deferred last; empty before. */
    public String lastReply() {
        return lastReply;
    }

    QueuedMessage message() {
        return message;
    }

    int shard() {
        return message.messageId().shard();
    }

    Key key() {
        return new Key(message.id(), ordinal);
    }

    @Override
    public String toString() {
        return message.messageId() + "/" + ordinal;
    }
}
