package org.hongyan.server.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.event.MessageId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What waits to be delivered. Submission stores into it, delivery takes from it; they meet nowhere else.
 *
 * <p>Mail is in the table from its acceptance to its settlement. What this node owns and has room for it also keeps in
 * memory, straight from the commit on; the rest is read in due order, a little of each sending domain at a time.
 * Memory is bounded whatever the depth of the queue. Thread-safe.
 */
@Service
public class DeliveryQueue {

    /** How long the reader leaves a row alone that was handed over in memory. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final int ID_BLOCK = 1000;
    private static final int MOST_WORKERS_PER_DESTINATION = 20;
    private static final int LEAST_OF_EACH_DOMAIN = 4;

    private final QueueRepository repository;
    private final ShardSession session;
    private final Clock clock;
    private final WaitingWindow window;
    private final ShardOwnership ownership;
    private final QueueProperties properties;
    private final Object ids = new Object();
    private long nextId;
    private long endOfIds;

    DeliveryQueue(QueueRepository repository, ShardSession session, QueueProperties properties, Clock clock) {
        this.repository = repository;
        this.session = session;
        this.properties = properties;
        this.clock = clock;
        this.window = new WaitingWindow(
                properties.window(),
                properties.windowContent().toBytes(),
                MOST_WORKERS_PER_DESTINATION,
                session::healthy);
        this.ownership = new ShardOwnership(session, window, clock, NodeName.own());
    }

    // Submission's side

    /** The shard that the next mail should have. */
    public int shardForFreshMail() {
        return ownership.shardForFreshMail();
    }

    /** Begins to store mails; call before or inside the transaction. */
    public Handover prepare(Collection<Accepted> mails) {
        Handover handover = new Handover();
        for (Accepted accepted : mails) {
            NewMail mail = accepted.mail();
            QueuedMessage message = mail.queued(nextId(), accepted.messageId(), accepted.at());
            List<QueuedRecipient> recipients = new ArrayList<>(mail.recipients().size());
            for (int ordinal = 0; ordinal < mail.recipients().size(); ordinal++) {
                recipients.add(new QueuedRecipient(
                        message,
                        ordinal,
                        mail.recipients().get(ordinal),
                        mail.bulk(),
                        mail.expiresAt(accepted.at()),
                        QueuedRecipient.Past.NONE));
            }
            boolean inMemory = ownership.takesFresh(accepted.messageId().shard())
                    && window.reserve(recipients.size(), mail.size());
            handover.add(new Handover.Item(message, recipients, inMemory));
        }
        return handover;
    }

    /** A mail with the name it was given. */
    public record Accepted(NewMail mail, MessageId messageId, Instant at) {}

    /** Stores the mails, in the caller's transaction. */
    public void store(Handover handover) {
        repository.insert(handover.items(), LEASE);
    }

    /** The transaction was committed: what fits goes to the workers at once. */
    public void committed(Handover handover) {
        for (Handover.Item item : handover.items()) {
            if (item.inMemory()) {
                window.unreserve(item.recipients().size());
                if (ownership.takesFresh(item.message().messageId().shard())) {
                    window.offer(item.recipients());
                }
            }
        }
    }

    /** The transaction was rolled back. */
    public void abandoned(Handover handover) {
        for (Handover.Item item : handover.items()) {
            if (item.inMemory()) {
                window.unreserve(item.recipients().size());
            }
        }
    }

    private long nextId() {
        synchronized (ids) {
            if (nextId == endOfIds) {
                nextId = repository.nextIdBlock();
                endOfIds = nextId + ID_BLOCK;
            }
            return nextId++;
        }
    }

    // Delivery's side

    /** The next recipient domain that wants a worker; waits for one for a moment. Pair it with {@link #leave}. */
    public Optional<DomainName> awaitDestination(Duration patience) throws InterruptedException {
        Instant now = clock.instant();
        long wait = window.nextUnparking()
                .map(until -> Math.max(1, Duration.between(now, until).toMillis()))
                .filter(millis -> millis < patience.toMillis())
                .orElse(patience.toMillis());
        return window.take(now, wait);
    }

    /** Recipients of one message at this destination, to be attempted now; empty when there are none. */
    public List<QueuedRecipient> poll(DomainName destination) {
        return window.poll(destination);
    }

    /** Gives back recipients that were polled and not attempted. */
    public void putBack(List<QueuedRecipient> recipients) {
        window.putBack(recipients);
    }

    /** A worker has left the destination. */
    public void leave(DomainName destination) {
        window.leave(destination);
    }

    /** Nobody is sent to the destination before that time. */
    public void park(DomainName destination, Instant until) {
        window.park(destination, until);
    }

    /**
     * Takes what waits for a destination beyond the first {@code keep} out of memory, to be postponed; so that a
     * destination that does not move does not fill the memory of all.
     */
    public List<QueuedRecipient> evict(DomainName destination, int keep) {
        return window.evict(destination, keep);
    }

    /** What a recipient's mail is made of; empty when somebody else has settled it. */
    public Optional<MailContent> content(QueuedRecipient recipient) {
        byte @Nullable [] inMemory = recipient.message().content();
        return (inMemory != null
                        ? Optional.of(inMemory)
                        : repository.content(recipient.message().id()))
                .map(ContentCodec::decode);
    }

    /**
     * Settles recipients in one transaction on the connection that owns their shards.
     *
     * @param alongside is given those that were ours to settle, inside of the same transaction, so that events and
     *     counts are there exactly when the queue has changed; may be called again when the transaction is repeated
     * @throws RuntimeException when the transaction failed; nothing is forgotten then, and the same call may be made
     *     again
     */
    public void settle(List<Settlement> settlements, Consumer<List<Settlement>> alongside) {
        session.inTransaction(() -> {
            Set<QueuedRecipient.Key> ours = new HashSet<>();
            ours.addAll(repository.delete(settlements.stream()
                    .filter(Settlement.Leave.class::isInstance)
                    .map(Settlement::recipient)
                    .toList()));
            ours.addAll(repository.defer(settlements.stream()
                    .filter(Settlement.Wait.class::isInstance)
                    .map(Settlement.Wait.class::cast)
                    .toList()));
            alongside.accept(settlements.stream()
                    .filter(settlement -> ours.contains(settlement.recipient().key()))
                    .toList());
            return ours;
        });
        window.settled(settlements.stream().map(Settlement::recipient).toList());
    }

    /** Moves recipients that were taken and not attempted to a later time; nothing of it is an event. */
    public void postpone(List<QueuedRecipient> recipients, List<Instant> due) {
        if (!recipients.isEmpty()) {
            session.inTransaction(() -> {
                repository.postpone(recipients, due);
                return true;
            });
            window.settled(recipients);
        }
    }

    /** Forgets recipients whose results can never be written; they will be attempted again by whoever owns them. */
    public void forget(List<QueuedRecipient> recipients) {
        window.settled(recipients);
    }

    /** How many recipients are being attempted by this node. */
    public int attempted() {
        return window.attempted();
    }

    /** How many recipients this node has in memory. */
    public int inMemory() {
        return window.size();
    }

    /** How many shards this node owns now. */
    public int ownedShards() {
        return ownership.owned();
    }

    /** Whether the database has answered lately, so that attempts may be begun. */
    public boolean healthy() {
        return session.healthy();
    }

    // The keeper's side

    ShardOwnership ownership() {
        return ownership;
    }

    ShardSession session() {
        return session;
    }

    /** Reads what is due into the memory there is room for; true when there was more than that. */
    boolean refill() {
        int room = window.room();
        Map<Integer, Instant> owned = ownership.readable();
        if (room == 0 || owned.isEmpty()) {
            return room == 0;
        }
        Instant now = clock.instant();
        List<QueueRepository.Reading> shards = new ArrayList<>();
        owned.forEach((shard, since) -> {
            // What its last owner had in memory was leased to that one; the lease means nothing to us.
            Instant leaseEnd = since.plus(LEASE);
            shards.add(new QueueRepository.Reading(shard, leaseEnd.isAfter(now) ? leaseEnd : now));
        });
        Map<WaitingWindow.Head, Integer> known = window.knownByHead();
        int inMemory = known.values().stream().mapToInt(Integer::intValue).sum();
        int each = Math.max(LEAST_OF_EACH_DOMAIN, 2 * room / Math.max(shards.size(), known.size()));
        List<QueueRepository.Row> due = repository.readDue(shards, known, now, each, room + inMemory);
        List<QueueRepository.Row> fresh = new ArrayList<>();
        Set<Long> messageIds = new HashSet<>();
        for (QueueRepository.Row row : due) {
            if (fresh.size() < room && !window.knows(row.key())) {
                fresh.add(row);
                messageIds.add(row.message());
            }
        }
        if (!fresh.isEmpty()) {
            offer(fresh, repository.messages(messageIds, window.hasRoomForContent()));
        }
        return fresh.size() >= room;
    }

    private void offer(List<QueueRepository.Row> rows, Map<Long, QueuedMessage> messages) {
        Map<Integer, List<QueuedRecipient>> byShard = new HashMap<>();
        for (QueueRepository.Row row : rows) {
            QueuedMessage message = messages.get(row.message());
            // Settled between the two statements: a transaction in flight elsewhere was ours to wait for.
            if (message != null) {
                byShard.computeIfAbsent(message.messageId().shard(), shard -> new ArrayList<>())
                        .add(new QueuedRecipient(
                                message,
                                row.ordinal(),
                                EmailAddress.parse(row.recipient()),
                                row.bulk(),
                                row.expiresAt(),
                                new QueuedRecipient.Past(row.attempts(), row.firstAttemptAt(), row.lastReply())));
            }
        }
        byShard.forEach((shard, recipients) -> {
            if (ownership.takesFresh(shard)) {
                window.offer(recipients);
            }
        });
    }

    /** Whether half of the memory is free. */
    boolean hasMuchRoom() {
        return window.room() > properties.window() / 2;
    }

    Duration poll() {
        return properties.poll();
    }

    Duration rebalance() {
        return properties.rebalance();
    }
}
