package org.hongyan.mail.shaping;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hands out permissions to speak to providers, one lane for each provider and source address.
 *
 * <p>Each lane has a window of connections that grows by one for each window full of accepted mails and is halved when
 * the provider pushes back, and a rate that shrinks and recovers likewise. A lane whose provider cannot be reached is
 * suspended for a time that doubles; after it one probe goes out, and only its success opens the lane again.
 *
 * <p>Thread-safe. No lock is held while anybody speaks to the network. {@link #tryAcquire} never blocks;
 * {@link #acquire} waits in the order of arrival.
 */
public final class Pacer {

    /** Lanes are looked over for unused ones each time this many were asked for. */
    private static final int SWEEP_EVERY = 4096;

    private final ShapingRules rules;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Lane, LaneState> lanes = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();

    /** A pacer with its own source of jitter. */
    public Pacer(ShapingRules rules, InstantSource clock) {
        this(rules, clock, RandomGenerator.getDefault());
    }

    Pacer(ShapingRules rules, InstantSource clock, RandomGenerator random) {
        this.rules = rules;
        this.clock = clock;
        this.random = random;
    }

    /** Permission for one connection and one mail now, or the time before which asking again is of no use. */
    public Admission tryAcquire(Lane lane) {
        sweepAtTimes();
        while (true) {
            Admission admission = stateOf(lane).tryAcquire();
            if (admission != null) {
                return admission;
            }
        }
    }

    /**
     * Waits for permission, behind those who came before.
     *
     * @throws InterruptedException when the thread is interrupted; nothing is held then
     */
    public Permit acquire(Lane lane) throws InterruptedException {
        sweepAtTimes();
        while (true) {
            Permit permit = stateOf(lane).acquire();
            if (permit != null) {
                return permit;
            }
        }
    }

    /** The rules in force. */
    public ShapingRules rules() {
        return rules;
    }

    /**
     * How a lane stands, for people.
     *
     * @param inUse connections now in use
     * @param window connections now allowed
     * @param mailsPerSecond rate now allowed
     * @param suspendedUntil when the next probe may go out; null when not suspended
     */
    public record LaneReport(
            Lane lane,
            int inUse,
            int window,
            double mailsPerSecond,
            @Nullable Instant suspendedUntil) {}

    /** All lanes in use or lately in use, in order of provider and source. */
    public List<LaneReport> lanes() {
        return lanes.values().stream()
                .map(LaneState::report)
                .sorted(Comparator.comparing(
                                (LaneReport report) -> report.lane().provider())
                        .thenComparing(report -> report.lane().source()))
                .toList();
    }

    private LaneState stateOf(Lane lane) {
        LaneState state = lanes.get(lane);
        if (state != null && !state.isRetired()) {
            return state;
        }
        return lanes.compute(
                lane,
                (key, present) -> present != null && !present.isRetired()
                        ? present
                        : new LaneState(key, rules.limitsOf(key.provider()), clock, random));
    }

    /** A million dead domains must not leave a million lanes behind. */
    private void sweepAtTimes() {
        if (asked.incrementAndGet() % SWEEP_EVERY == 0) {
            lanes.values().removeIf(LaneState::retireIfUnused);
        }
    }
}
