package org.hongyan.server.delivery;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.relay.OutgoingMail;
import org.hongyan.mail.smtp.Envelope;
import org.hongyan.server.queue.QueuedRecipient;
import org.jspecify.annotations.Nullable;

/** A mail on its way out, rendered and signed when the receiving host is ready for it. Used by one thread. */
final class RenderedMail implements OutgoingMail {

    private final List<QueuedRecipient> recipients;
    private final Envelope envelope;
    private final Supplier<Message> rendering;
    private final int estimatedSize;
    private final Instant startedAt;
    private @Nullable Message message;
    private @Nullable RuntimeException failure;

    RenderedMail(
            List<QueuedRecipient> recipients,
            EmailAddress returnPath,
            int estimatedSize,
            Instant startedAt,
            Supplier<Message> rendering) {
        this.recipients = recipients;
        this.envelope = new Envelope(
                new ReversePath.Mailbox(returnPath),
                recipients.stream().map(QueuedRecipient::address).toList());
        this.estimatedSize = estimatedSize;
        this.startedAt = startedAt;
        this.rendering = rendering;
    }

    List<QueuedRecipient> recipients() {
        return recipients;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Why it could not be rendered; null when it could, or was not asked for. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    @Override
    public Envelope envelope() {
        return envelope;
    }

    @Override
    public int estimatedSize() {
        return estimatedSize;
    }

    /** What we compose is 7-bit; a whole message may hold anything, and is signed as it is. */
    @Override
    public boolean mayHoldEightBit() {
        return false;
    }

    @Override
    public Message message(boolean eightBitAllowed) {
        Message ready = message;
        if (ready == null) {
            try {
                ready = rendering.get();
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
            message = ready;
        }
        return ready;
    }
}
