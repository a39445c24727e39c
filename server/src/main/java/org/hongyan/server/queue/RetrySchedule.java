package org.hongyan.server.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * When a deferred recipient is tried again: exponential, bounded, and lengthened at random so that what failed together
 * does not come back together (RFC 5321 §4.5.4.1). Thread-safe.
 */
@Component
public final class RetrySchedule {

    private final Duration first;
    private final Duration longest;
    private final int factor;
    private final int jitterPercent;
    private final RandomGenerator random;
    private final Duration triggerLife;
    private final Duration bulkLife;

    @org.springframework.beans.factory.annotation.Autowired
    RetrySchedule(QueueProperties properties) {
        // Spread needs no secrecy.
        this(properties, RandomGenerator.getDefault());
    }

    RetrySchedule(QueueProperties properties, RandomGenerator random) {
        this.first = properties.firstRetry();
        this.longest = properties.longestRetry();
        this.factor = properties.retryFactor();
        this.jitterPercent = properties.retryJitterPercent();
        this.triggerLife = properties.triggerLife();
        this.bulkLife = properties.bulkLife();
        this.random = random;
    }

    /**
     * The next attempt after {@code attempts} of them; never after {@code expiresAt}, so that the last one is made just
     * before the end rather than never.
     *
     * @param attempts at least 1
     */
    public Instant next(int attempts, Instant now, Instant expiresAt) {
        long wait = first.toMillis();
        for (int i = 1; i < attempts && wait < longest.toMillis(); i++) {
            wait *= factor;
        }
        wait = Math.min(wait, longest.toMillis());
        wait += random.nextLong(wait * jitterPercent / 100 + 1);
        Instant next = now.plusMillis(wait);
        return next.isBefore(expiresAt) || !now.isBefore(expiresAt) ? next : expiresAt;
    }

    /** How long a mail is tried at most, by its kind. */
    public Duration life(boolean trigger) {
        return trigger ? triggerLife : bulkLife;
    }
}
