package org.hongyan.mail.shaping;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.hongyan.mail.shaping.Admission.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One lane: window, rate, suspension, and those who wait. Every method takes the lock for a few instructions only.
 *
 * <p>The rate is a token bucket of at most one second. Decreases come at most once a second, since twenty connections
 * that are sent away at the same moment are one piece of news, not twenty.
 */
final class LaneState {

    private static final double FIRST_WINDOW = 10;
    private static final double LEAST_FACTOR = 0.02;
    private static final int FAILURES_TO_SUSPEND = 3;
    private static final Duration BETWEEN_DECREASES = Duration.ofSeconds(1);
    private static final Duration FIRST_SUSPENSION = Duration.ofSeconds(5);
    private static final Duration LONGEST_SUSPENSION = Duration.ofMinutes(5);
    private static final Duration UNUSED = Duration.ofMinutes(10);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_GUESS = Duration.ofSeconds(1);

    private final Lane lane;
    private final Limits limits;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    private record Waiter(long ticket, Condition turn) {}

    private long tickets;
    private int inUse;
    private double window;
    private double rateFactor = 1;
    private double tokens;
    private Instant tokensAt;
    private Instant lastDecrease = Instant.MIN;
    private Instant lastUse;
    private int failures;
    private int suspensions;
    private @Nullable Instant suspendedUntil;
    private boolean probing;
    private double holdNanos = 50_000_000;
    private boolean retired;

    LaneState(Lane lane, Limits limits, InstantSource clock, RandomGenerator random) {
        this.lane = lane;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.window = Math.min(FIRST_WINDOW, limits.connections());
        this.tokens = bucket();
        this.tokensAt = clock.instant();
        this.lastUse = tokensAt;
    }

    Lane lane() {
        return lane;
    }

    Limits limits() {
        return limits;
    }

    boolean isRetired() {
        lock.lock();
        try {
            return retired;
        } finally {
            lock.unlock();
        }
    }

    boolean retireIfUnused() {
        lock.lock();
        try {
            retired = inUse == 0 && waiters.isEmpty() && lastUse.plus(UNUSED).isBefore(clock.instant());
            return retired;
        } finally {
            lock.unlock();
        }
    }

    /** Null when the lane was retired meanwhile. */
    @Nullable
    Admission tryAcquire() {
        lock.lock();
        try {
            if (retired) {
                return null;
            }
            Instant now = now();
            if (!waiters.isEmpty()) {
                return new Admission.NotBefore(now.plus(guess()), Reason.CONNECTIONS);
            }
            return admit(now);
        } finally {
            lock.unlock();
        }
    }

    /** Null when the lane was retired meanwhile. */
    @Nullable
    Permit acquire() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (retired) {
                return null;
            }
            Waiter waiter = new Waiter(tickets++, lock.newCondition());
            waiters.addLast(waiter);
            try {
                while (true) {
                    if (!waiter.equals(waiters.peekFirst())) {
                        waiter.turn().await();
                        continue;
                    }
                    Instant now = now();
                    switch (admit(now)) {
                        case Admission.Granted(Permit permit) -> {
                            return permit;
                        }
                        case Admission.NotBefore(Instant when, Reason reason) -> {
                            long nanos = Math.clamp(
                                    Duration.between(now, when).toNanos(),
                                    SHORTEST_WAIT.toNanos(),
                                    LONGEST_SUSPENSION.toNanos());
                            long unusedRest = waiter.turn().awaitNanos(nanos);
                            assert unusedRest <= nanos;
                        }
                    }
                }
            } finally {
                waiters.remove(waiter);
                wakeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean nextMail(boolean probe) {
        lock.lock();
        try {
            Instant now = now();
            boolean mayStay = !probe
                    && suspendedUntil == null
                    && inUse <= (int) window
                    && (waiters.isEmpty() || inUse < (int) window);
            return mayStay && takeToken(now);
        } finally {
            lock.unlock();
        }
    }

    void giveBackToken() {
        lock.lock();
        try {
            tokens = Math.min(bucket(), tokens + 1);
        } finally {
            lock.unlock();
        }
    }

    void went() {
        lock.lock();
        try {
            failures = 0;
            if (suspendedUntil != null) {
                // Slowly again after a suspension: everybody who waits would come back at once.
                suspendedUntil = null;
                suspensions = 0;
                window = 1;
            }
            window = Math.min(limits.connections(), window + 1 / window);
            rateFactor = Math.min(1, rateFactor + 0.01);
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    void pushedBack() {
        lock.lock();
        try {
            decrease(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    void unreachable() {
        lock.lock();
        try {
            Instant now = clock.instant();
            decrease(now);
            failures++;
            if (suspendedUntil != null && probing || suspendedUntil == null && failures >= FAILURES_TO_SUSPEND) {
                suspendedUntil = now.plus(nextSuspension());
            }
        } finally {
            lock.unlock();
        }
    }

    void release(boolean probe, long grantedAt) {
        lock.lock();
        try {
            inUse--;
            if (probe) {
                probing = false;
            }
            holdNanos += (System.nanoTime() - grantedAt - holdNanos) * 0.1;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    Pacer.LaneReport report() {
        lock.lock();
        try {
            return new Pacer.LaneReport(
                    lane, inUse, (int) window, limits.mailsPerSecond() * rateFactor, suspendedUntil);
        } finally {
            lock.unlock();
        }
    }

    private Admission admit(Instant now) {
        Instant until = suspendedUntil;
        if (until != null && (probing || now.isBefore(until))) {
            Instant when = now.isBefore(until) ? until : now.plus(LONGEST_GUESS);
            return new Admission.NotBefore(when, Reason.SUSPENDED);
        }
        boolean probe = until != null;
        if (!probe && inUse >= (int) window) {
            return new Admission.NotBefore(now.plus(guess()), Reason.CONNECTIONS);
        }
        if (!takeToken(now)) {
            return new Admission.NotBefore(now.plus(untilNextToken()), Reason.RATE);
        }
        inUse++;
        probing |= probe;
        return new Admission.Granted(new Permit(this, probe, System.nanoTime()));
    }

    /** The clock, with every wait that it makes senseless by a jump cut off. */
    private Instant now() {
        Instant now = clock.instant();
        if (now.isBefore(tokensAt)) {
            tokensAt = now;
        }
        if (suspendedUntil != null && suspendedUntil.isAfter(now.plus(LONGEST_SUSPENSION.multipliedBy(2)))) {
            suspendedUntil = now;
        }
        lastUse = now;
        return now;
    }

    private boolean takeToken(Instant now) {
        double rate = limits.mailsPerSecond() * rateFactor;
        if (Double.isInfinite(rate)) {
            return true;
        }
        double seconds = Math.min(3600, Duration.between(tokensAt, now).toNanos() / 1e9);
        tokens = Math.min(bucket(), tokens + seconds * rate);
        tokensAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private double bucket() {
        return Math.max(1, Math.min(limits.mailsPerSecond() * rateFactor, 1e9));
    }

    private Duration untilNextToken() {
        double seconds = (1 - tokens) / (limits.mailsPerSecond() * rateFactor);
        return Duration.ofNanos(Math.max(SHORTEST_WAIT.toNanos(), (long) (seconds * 1e9)));
    }

    /** When a connection may come free: how long they are held, shared by how many there are. */
    private Duration guess() {
        long nanos = (long) (holdNanos / Math.max(1, window) * (waiters.size() + 1));
        return Duration.ofNanos(Math.clamp(nanos, SHORTEST_WAIT.toNanos(), LONGEST_GUESS.toNanos()));
    }

    private void decrease(Instant now) {
        if (lastDecrease.isAfter(now.minus(BETWEEN_DECREASES)) && !lastDecrease.isAfter(now)) {
            return;
        }
        lastDecrease = now;
        window = Math.max(1, window / 2);
        rateFactor = Math.max(LEAST_FACTOR, rateFactor / 2);
    }

    private Duration nextSuspension() {
        long millis = Math.min(LONGEST_SUSPENSION.toMillis(), FIRST_SUSPENSION.toMillis() << Math.min(suspensions, 10));
        suspensions++;
        return Duration.ofMillis(millis + random.nextLong(millis / 4 + 1));
    }

    private void wakeFirst() {
        Waiter first = waiters.peekFirst();
        if (first != null) {
            first.turn().signal();
        }
    }
}
