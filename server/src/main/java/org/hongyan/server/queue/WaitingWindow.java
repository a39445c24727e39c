package org.hongyan.server.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.hongyan.mail.address.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The part of the queue that a node has in memory: due recipients by destination, and those being attempted.
 *
 * <p>A destination (recipient domain) is <i>ready</i> when mail waits for it, it is not parked, and more workers would
 * help. Whoever takes a ready destination works on it until it has nothing left, and says so. Thread-safe: one lock, held
 * for moments only.
 */
final class WaitingWindow {

    /** Of so many polls of trigger mail one is given to bulk mail, which would otherwise never leave under a flood. */
    private static final int BULK_EVERY = 16;

    /** Most recipients of one message in one transaction (RFC 5321 §4.5.3.1.8 lets us go to 100). */
    private static final int MOST_TOGETHER = 50;

    /** The share of the window, in percent, that fresh mail may fill: the rest is for what waits in the table. */
    private static final int FRESH_PERCENT = 75;

    private static final class Destination {
        final DomainName name;
        final FairQueue trigger = new FairQueue();
        final FairQueue bulk = new FairQueue();
        int workers;
        int polls;
        boolean listed;

        @Nullable
        Instant parkedUntil;

        Destination(DomainName name) {
            this.name = name;
        }

        int waiting() {
            return trigger.size() + bulk.size();
        }
    }

    private record Parking(Instant until, DomainName name) {}

    /** A range of the hot table's index. */
    record Head(int shard, boolean bulk, long domainId) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingReady = lock.newCondition();
    private final int capacity;
    private final long contentCapacity;
    private final int workersPerDestination;
    private final BooleanSupplier mayAttempt;

    private final Map<DomainName, Destination> destinations = new HashMap<>();
    private final ArrayDeque<Destination> ready = new ArrayDeque<>();
    private final PriorityQueue<Parking> parked = new PriorityQueue<>(Comparator.comparing(Parking::until));
    /** Everything in memory, waiting or being attempted, until it is settled. */
    private final Set<QueuedRecipient.Key> known = new HashSet<>();

    private final Map<Head, Integer> knownByHead = new HashMap<>();
    private final int[] attempted = new int[64];
    private long contentSize;
    private int reserved;

    /** @param mayAttempt whether what is in memory is still ours; asked before each recipient is given out */
    WaitingWindow(int capacity, long contentCapacity, int workersPerDestination, BooleanSupplier mayAttempt) {
        this.capacity = capacity;
        this.contentCapacity = contentCapacity;
        this.workersPerDestination = workersPerDestination;
        this.mayAttempt = mayAttempt;
    }

    /** Keeps room for fresh recipients; false when there is none. */
    boolean reserve(int recipients, long content) {
        lock.lock();
        try {
            boolean room = known.size() + reserved + recipients <= capacity / 100 * FRESH_PERCENT
                    && contentSize + content <= contentCapacity;
            if (room) {
                reserved += recipients;
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    void unreserve(int recipients) {
        lock.lock();
        try {
            reserved -= recipients;
        } finally {
            lock.unlock();
        }
    }

    /** How many more may be read from the table. */
    int room() {
        lock.lock();
        try {
            return Math.max(0, capacity - known.size() - reserved);
        } finally {
            lock.unlock();
        }
    }

    boolean hasRoomForContent() {
        lock.lock();
        try {
            return contentSize < contentCapacity;
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what is not in memory yet; gives back how many that were. */
    int offer(Collection<QueuedRecipient> recipients) {
        lock.lock();
        try {
            int taken = 0;
            for (QueuedRecipient recipient : recipients) {
                if (known.add(recipient.key())) {
                    knownByHead.merge(head(recipient), 1, Integer::sum);
                    contentSize += contentShare(recipient);
                    Destination destination = destination(recipient);
                    (recipient.bulk() ? destination.bulk : destination.trigger).addLast(recipient);
                    list(destination);
                    taken++;
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean knows(QueuedRecipient.Key key) {
        lock.lock();
        try {
            return known.contains(key);
        } finally {
            lock.unlock();
        }
    }

    Map<Head, Integer> knownByHead() {
        lock.lock();
        try {
            return new HashMap<>(knownByHead);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return known.size();
        } finally {
            lock.unlock();
        }
    }

    /** The next destination that wants a worker, waiting for one at most this long. */
    Optional<DomainName> take(Instant now, long waitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            unpark(now);
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (ready.isEmpty() && left > 0) {
                left = somethingReady.awaitNanos(left);
            }
            unpark(now);
            @Nullable Destination destination = ready.pollFirst();
            if (destination == null) {
                return Optional.empty();
            }
            destination.listed = false;
            if (destination.waiting() == 0 || destination.parkedUntil != null) {
                return Optional.empty();
            }
            destination.workers++;
            list(destination);
            return Optional.of(destination.name);
        } finally {
            lock.unlock();
        }
    }

    private void unpark(Instant now) {
        while (!parked.isEmpty() && !parked.peek().until().isAfter(now)) {
            @Nullable Destination destination = destinations.get(parked.poll().name());
            if (destination != null && destination.parkedUntil != null && !destination.parkedUntil.isAfter(now)) {
                destination.parkedUntil = null;
                list(destination);
            }
        }
    }

    /** The end of the nearest parking; empty when nothing is parked. */
    Optional<Instant> nextUnparking() {
        lock.lock();
        try {
            return Optional.ofNullable(parked.peek()).map(Parking::until);
        } finally {
            lock.unlock();
        }
    }

    /** Recipients of one message to be attempted now, all of this destination; empty when there are none. */
    List<QueuedRecipient> poll(DomainName name) {
        if (!mayAttempt.getAsBoolean()) {
            return List.of();
        }
        lock.lock();
        try {
            @Nullable Destination destination = destinations.get(name);
            if (destination == null) {
                return List.of();
            }
            boolean bulkTurn = ++destination.polls % BULK_EVERY == 0;
            FairQueue first = bulkTurn ? destination.bulk : destination.trigger;
            FairQueue second = bulkTurn ? destination.trigger : destination.bulk;
            List<QueuedRecipient> recipients = first.poll(MOST_TOGETHER);
            if (recipients.isEmpty()) {
                recipients = second.poll(MOST_TOGETHER);
            }
            for (QueuedRecipient recipient : recipients) {
                attempted[recipient.shard()]++;
            }
            return recipients;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back recipients that were taken and not attempted. */
    void putBack(List<QueuedRecipient> recipients) {
        lock.lock();
        try {
            for (QueuedRecipient recipient : recipients.reversed()) {
                attempted[recipient.shard()]--;
                if (known.contains(recipient.key())) {
                    Destination destination = destination(recipient);
                    (recipient.bulk() ? destination.bulk : destination.trigger).addFirst(recipient);
                    list(destination);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A worker has left the destination. */
    void leave(DomainName name) {
        lock.lock();
        try {
            @Nullable Destination destination = destinations.get(name);
            if (destination != null) {
                destination.workers--;
                list(destination);
                forgetIfIdle(destination);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is sent to the destination before that time. */
    void park(DomainName name, Instant until) {
        lock.lock();
        try {
            Destination destination = destinations.computeIfAbsent(name, Destination::new);
            destination.parkedUntil = until;
            parked.add(new Parking(until, name));
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what waits for a destination beyond the first ones; the caller settles it. */
    List<QueuedRecipient> evict(DomainName name, int keep) {
        lock.lock();
        try {
            @Nullable Destination destination = destinations.get(name);
            if (destination == null || destination.waiting() <= keep) {
                return List.of();
            }
            int[] seen = {0};
            List<QueuedRecipient> evicted = new ArrayList<>(destination.trigger.remove(r -> ++seen[0] > keep));
            evicted.addAll(destination.bulk.remove(r -> ++seen[0] > keep));
            for (QueuedRecipient recipient : evicted) {
                attempted[recipient.shard()]++;
            }
            return evicted;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets recipients that were attempted and are settled. */
    void settled(Collection<QueuedRecipient> recipients) {
        lock.lock();
        try {
            for (QueuedRecipient recipient : recipients) {
                attempted[recipient.shard()]--;
                forget(recipient);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits of these shards; what is being attempted stays until it is settled. */
    void drop(Set<Integer> shards) {
        lock.lock();
        try {
            for (Destination destination : List.copyOf(destinations.values())) {
                List<QueuedRecipient> dropped =
                        new ArrayList<>(destination.trigger.remove(r -> shards.contains(r.shard())));
                dropped.addAll(destination.bulk.remove(r -> shards.contains(r.shard())));
                dropped.forEach(this::forget);
                forgetIfIdle(destination);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many recipients of a shard are being attempted. */
    int attempted(int shard) {
        lock.lock();
        try {
            return attempted[shard];
        } finally {
            lock.unlock();
        }
    }

    /** How many recipients are being attempted in all. */
    int attempted() {
        lock.lock();
        try {
            int sum = 0;
            for (int n : attempted) {
                sum += n;
            }
            return sum;
        } finally {
            lock.unlock();
        }
    }

    private void forget(QueuedRecipient recipient) {
        if (known.remove(recipient.key())) {
            knownByHead.merge(head(recipient), -1, (a, b) -> a + b == 0 ? null : a + b);
            contentSize -= contentShare(recipient);
        }
    }

    private static Head head(QueuedRecipient recipient) {
        return new Head(recipient.shard(), recipient.bulk(), recipient.domainId());
    }

    /** The content is one array for all recipients of a message: each carries its part of it. */
    private static long contentShare(QueuedRecipient recipient) {
        byte @Nullable [] content = recipient.message().content();
        return content == null ? 0 : content.length / recipient.message().recipients() + 1L;
    }

    private Destination destination(QueuedRecipient recipient) {
        return destinations.computeIfAbsent(recipient.address().domain(), Destination::new);
    }

    /** Puts a destination up for a worker when one more would help. */
    private void list(Destination destination) {
        int waiting = destination.waiting();
        boolean helps = destination.workers < workersPerDestination
                && (destination.workers == 0 ? waiting > 0 : waiting > destination.workers);
        if (helps && !destination.listed && destination.parkedUntil == null) {
            destination.listed = true;
            ready.addLast(destination);
            somethingReady.signal();
        }
    }

    private void forgetIfIdle(Destination destination) {
        if (destination.workers == 0
                && destination.waiting() == 0
                && !destination.listed
                && destination.parkedUntil == null) {
            destinations.remove(destination.name);
        }
    }
}
