package org.hongyan.server.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.relay.DeliveryOutcome;
import org.hongyan.mail.relay.MailSource;
import org.hongyan.mail.relay.OutgoingMail;
import org.hongyan.mail.smtp.EnhancedStatus;
import org.hongyan.server.queue.DeliveryQueue;
import org.hongyan.server.queue.QueuedRecipient;
import org.hongyan.server.suppression.Addressee;
import org.hongyan.server.suppression.SuppressionList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Feeds one turn at one destination from the queue, and takes the results. Used by one thread.
 *
 * <p>What is pulled is held in {@link #open} until it is settled, so that nothing stays behind when a turn breaks.
 */
final class DestinationWork implements MailSource {

    private static final Logger LOG = LoggerFactory.getLogger(DestinationWork.class);

    /** Acceptance has just checked what is younger; what waited longer is checked again. */
    private static final Duration SUPPRESSION_CHECKED = Duration.ofMinutes(10);

    private static final EnhancedStatus NOT_COMPOSED = new EnhancedStatus(4, 3, 0);

    /** What the work is done with. */
    record Tools(
            DeliveryQueue queue,
            OutboundMails mails,
            AttemptRecorder recorder,
            SuppressionList suppressions,
            Clock clock) {}

    private final DomainName destination;
    private final Tools tools;
    private final Map<OutgoingMail, RenderedMail> open = new LinkedHashMap<>();
    private boolean dry;

    DestinationWork(DomainName destination, Tools tools) {
        this.destination = destination;
        this.tools = tools;
    }

    /** Whether nothing was left the last time it was asked for. */
    boolean dry() {
        return dry;
    }

    @Override
    public Optional<OutgoingMail> next() {
        while (!Thread.currentThread().isInterrupted()) {
            List<QueuedRecipient> polled = tools.queue().poll(destination);
            if (polled.isEmpty()) {
                dry = true;
                return Optional.empty();
            }
            try {
                List<QueuedRecipient> wanted = wanted(polled);
                if (!wanted.isEmpty()) {
                    Optional<RenderedMail> mail = tools.mails().of(wanted);
                    if (mail.isPresent()) {
                        open.put(mail.get(), mail.get());
                        return Optional.of(mail.get());
                    }
                    tools.queue().forget(wanted);
                }
            } catch (DataAccessException databaseAway) {
                LOG.debug("Content could not be read; the mail waits", databaseAway);
                tools.queue().putBack(polled);
                dry = true;
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Settles those whose time is over or that must not be mailed any more; gives the others. */
    private List<QueuedRecipient> wanted(List<QueuedRecipient> polled) {
        Instant now = tools.clock().instant();
        List<QueuedRecipient> wanted = new ArrayList<>(polled.size());
        for (QueuedRecipient recipient : polled) {
            if (now.isBefore(recipient.expiresAt())) {
                wanted.add(recipient);
            } else {
                record(new AttemptResult.Expired(recipient, now));
            }
        }
        QueuedRecipient first = polled.getFirst();
        boolean old = first.attempts() > 0
                || Duration.between(first.acceptedAt(), now).compareTo(SUPPRESSION_CHECKED) > 0;
        return old && !wanted.isEmpty() ? withoutSuppressed(wanted, now) : wanted;
    }

    private List<QueuedRecipient> withoutSuppressed(List<QueuedRecipient> recipients, Instant now) {
        Optional<DomainName> sendingDomain = tools.queue()
                .content(recipients.getFirst())
                .map(c -> c.from().address().domain());
        if (sendingDomain.isEmpty()) {
            return recipients;
        }
        Map<QueuedRecipient, Addressee> addressees = new LinkedHashMap<>();
        for (QueuedRecipient recipient : recipients) {
            addressees.put(recipient, new Addressee(recipient.account(), sendingDomain.get(), recipient.address()));
        }
        Map<Addressee, SuppressionList.Obstacle> obstacles =
                tools.suppressions().obstacles(List.copyOf(addressees.values()));
        List<QueuedRecipient> free = new ArrayList<>();
        addressees.forEach((recipient, addressee) -> {
            SuppressionList.Obstacle obstacle = obstacles.get(addressee);
            switch (obstacle) {
                case null -> free.add(recipient);
                case SuppressionList.Obstacle.Suppressed(SuppressionList.Reason reason) ->
                    record(new AttemptResult.Dropped(recipient, now, "suppressed: " + reason));
                case SuppressionList.Obstacle.Unsubscribed unsubscribed ->
                    record(new AttemptResult.Dropped(recipient, now, "unsubscribed"));
            }
        });
        return free;
    }

    @Override
    public void settled(OutgoingMail mail, List<DeliveryOutcome> outcomes) {
        RenderedMail rendered = open.remove(mail);
        if (rendered == null) {
            throw new IllegalStateException("a mail is settled that was not given");
        }
        Instant now = tools.clock().instant();
        for (int i = 0; i < outcomes.size(); i++) {
            record(new AttemptResult.Attempted(
                    rendered.recipients().get(i), rendered.startedAt(), now, outcomes.get(i)));
        }
    }

    /** Settles everything that waits for the destination with what the DNS alone has decided. */
    void settleAll(DeliveryOutcome outcome) {
        while (true) {
            List<QueuedRecipient> polled = tools.queue().poll(destination);
            if (polled.isEmpty()) {
                dry = true;
                return;
            }
            Instant now = tools.clock().instant();
            for (QueuedRecipient recipient : wanted(polled)) {
                record(new AttemptResult.Attempted(recipient, now, now, outcome));
            }
        }
    }

    /**
     * After a turn that broke: a mail that could not be composed is tried again later, since a fault of ours must not
     * bounce it; the others of the turn go back.
     */
    void pickUp(RuntimeException broken) {
        for (RenderedMail mail : List.copyOf(open.values())) {
            open.remove(mail);
            if (mail.failure() != null) {
                LOG.error("Mail {} cannot be composed", mail.recipients().getFirst(), broken);
                Instant now = tools.clock().instant();
                DeliveryOutcome later = new DeliveryOutcome.Deferred(
                        NOT_COMPOSED,
                        new DeliveryOutcome.Attempt(null, null, null, "the message cannot be composed now", false));
                mail.recipients().forEach(r -> record(new AttemptResult.Attempted(r, mail.startedAt(), now, later)));
            } else {
                tools.queue().putBack(mail.recipients());
            }
        }
    }

    private void record(AttemptResult result) {
        try {
            tools.recorder().record(result);
        } catch (InterruptedException e) {
            // The stop has run out of patience; the mail is attempted again by whoever owns it next.
            Thread.currentThread().interrupt();
            tools.queue().forget(List.of(result.recipient()));
        }
    }
}
