package org.hongyan.server.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.message.Message;
import org.hongyan.server.feedback.ReturnPaths;
import org.hongyan.server.queue.DeliveryQueue;
import org.hongyan.server.queue.MailContent;
import org.hongyan.server.queue.QueuedRecipient;
import org.hongyan.server.sender.DkimKeys;
import org.springframework.stereotype.Component;

/** Prepares recipients for the wire: content, return path, signature. DKIM comes last. Thread-safe. */
@Component
final class OutboundMails {

    private static final int ENVELOPE_AND_MARKUP = 2048;

    private final DeliveryQueue queue;
    private final MessageComposer composer;
    private final DkimKeys keys;
    private final ReturnPaths returnPaths;
    private final Clock clock;

    OutboundMails(DeliveryQueue queue, MessageComposer composer, DkimKeys keys, ReturnPaths returnPaths, Clock clock) {
        this.queue = queue;
        this.composer = composer;
        this.keys = keys;
        this.returnPaths = returnPaths;
        this.clock = clock;
    }

    /**
     * The mail for recipients that share one message; empty when it is not in the queue any more.
     *
     * @throws org.springframework.dao.DataAccessException when its content must be read and the database does not
     *     answer
     */
    Optional<RenderedMail> of(List<QueuedRecipient> recipients) {
        Instant startedAt = clock.instant();
        QueuedRecipient first = recipients.getFirst();
        return queue.content(first).map(content -> {
            DomainName domain = content.from().address().domain();
            return new RenderedMail(
                    recipients,
                    returnPaths.of(first.messageId(), first.ordinal(), domain),
                    size(content),
                    startedAt,
                    () -> signed(domain, composer.compose(first, content)));
        });
    }

    /** A domain that was deleted after the acceptance has no key; its mail is still owed a delivery. */
    private Message signed(DomainName domain, Message message) {
        return keys.sign(domain, message).orElse(message);
    }

    private static int size(MailContent content) {
        int size = ENVELOPE_AND_MARKUP;
        if (content.body() instanceof MailContent.Body.Whole whole) {
            size += whole.message().length;
        }
        for (MailContent.File file : content.files()) {
            size += file.content().length / 3 * 4;
        }
        return size;
    }
}
