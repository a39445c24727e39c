package org.hongyan.mail.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.smtp.Capabilities;
import org.hongyan.mail.smtp.Content;
import org.hongyan.mail.smtp.Envelope;
import org.hongyan.mail.smtp.Transaction;
import org.jspecify.annotations.Nullable;

/** One mail on its way: which recipients are still open, and what came of the others. Used by one thread. */
final class Job {

    private final OutgoingMail mail;
    private final List<EmailAddress> recipients;
    private final @Nullable DeliveryOutcome[] outcomes;
    private List<Integer> open;
    private @Nullable Content content;
    private boolean contentIsEightBit;
    private @Nullable Transaction transaction;

    Job(OutgoingMail mail) {
        this.mail = mail;
        this.recipients = mail.envelope().recipients();
        this.outcomes = new DeliveryOutcome[recipients.size()];
        this.open = new ArrayList<>(recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            open.add(i);
        }
    }

    OutgoingMail mail() {
        return mail;
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Recipients without an outcome, by their place in the envelope. */
    List<Integer> open() {
        return List.copyOf(open);
    }

    void settle(int recipient, DeliveryOutcome outcome) {
        outcomes[recipient] = outcome;
        List<Integer> rest = new ArrayList<>(open);
        rest.remove(Integer.valueOf(recipient));
        open = rest;
        transaction = null;
    }

    void settleAll(DeliveryOutcome outcome) {
        for (int recipient : open) {
            outcomes[recipient] = outcome;
        }
        open = List.of();
        transaction = null;
    }

    /** One outcome for each recipient. */
    List<DeliveryOutcome> outcomes() {
        List<DeliveryOutcome> all = new ArrayList<>(outcomes.length);
        for (@Nullable DeliveryOutcome outcome : outcomes) {
            if (outcome == null) {
                throw new IllegalStateException("a recipient has no outcome: " + Arrays.toString(outcomes));
            }
            all.add(outcome);
        }
        return List.copyOf(all);
    }

    /** The transaction for the recipients that are open. */
    Transaction transaction() {
        Transaction current = transaction;
        if (current == null) {
            Envelope envelope = open.size() == recipients.size()
                    ? mail.envelope()
                    : new Envelope(
                            mail.envelope().returnPath(),
                            open.stream().map(recipients::get).toList());
            Content known = content;
            current = known == null
                    ? new Transaction(envelope, mail.estimatedSize(), mail.mayHoldEightBit())
                    : new Transaction(envelope, known.message().size(), known.eightBit());
            transaction = current;
        }
        return current;
    }

    /** The reason why {@code peer} can take this mail for nobody, as far as the envelope tells. */
    Optional<Failure> envelopeObstacle(Capabilities peer, String host) {
        if (!peer.smtpUtf8() && mail.envelope().returnPathNeedsSmtpUtf8()) {
            return Optional.of(new Failure.NoSmtpUtf8(host));
        }
        return sizeObstacle(peer, mail.estimatedSize());
    }

    /** Open recipients that cannot be named to {@code peer}. */
    List<Integer> unspeakable(Capabilities peer) {
        if (peer.smtpUtf8()) {
            return List.of();
        }
        return open.stream().filter(i -> recipients.get(i).needsSmtpUtf8()).toList();
    }

    /** Renders and signs, unless the content at hand will do. */
    Content prepare(Capabilities peer) {
        Content present = content;
        if (present != null && (peer.eightBitMime() == contentIsEightBit || !present.eightBit())) {
            return present;
        }
        Content prepared = Content.of(mail.message(peer.eightBitMime()));
        content = prepared;
        transaction = null;
        contentIsEightBit = peer.eightBitMime();
        return prepared;
    }

    /** As {@link #prepare}; the transaction stays as it was announced. */
    void prepareKeepingTransaction(Capabilities peer) {
        Transaction said = transaction();
        Content prepared = prepare(peer);
        assert prepared.message().size() >= 0;
        transaction = said;
    }

    /** The reason why {@code peer} cannot take the prepared content. */
    static Optional<Failure> contentObstacle(Content content, Capabilities peer, String host) {
        if (content.strayLineEnd()) {
            return Optional.of(new Failure.StrayLineEnd());
        }
        if (content.eightBit() && !peer.eightBitMime()) {
            return Optional.of(new Failure.NoEightBit(host));
        }
        return sizeObstacle(peer, content.message().size());
    }

    private static Optional<Failure> sizeObstacle(Capabilities peer, long size) {
        boolean tooLarge = peer.largestMessage() > 0 && size > peer.largestMessage();
        return tooLarge ? Optional.of(new Failure.TooLarge(size, peer.largestMessage())) : Optional.empty();
    }
}
