package org.hongyan.server.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final Instant FAR = NOW.plus(Duration.ofDays(30));

    private final RetrySchedule schedule = new RetrySchedule(TestQueues.properties(), new Random(7));

    @Test
    void waitsGrowByTheFactorPlusJitterUpToTheLongest() {
        long before = 0;
        for (int attempts = 1; attempts <= 20; attempts++) {
            long wait = Duration.between(NOW, schedule.next(attempts, NOW, FAR)).toSeconds();
            long base = Math.min(90 * 60, 120L << Math.min(attempts - 1, 20));
            assertThat(wait).isBetween(base, base * 5 / 4);
            if (before > 0) {
                assertThat(wait).isLessThanOrEqualTo(before * 2 * 5 / 4 + 1);
            }
            before = wait;
        }
    }

    @Test
    void theLastAttemptIsMadeAtTheEndOfTheLifeAndNotAfterIt() {
        Instant end = NOW.plusSeconds(30);
        assertThat(schedule.next(1, NOW, end)).isEqualTo(end);
        assertThat(schedule.next(1, end, end)).isAfter(end);
    }

    @Test
    void retriesOfMailsThatFailedTogetherAreSpread() {
        assertThat(java.util.stream.IntStream.range(0, 50)
                        .mapToObj(i -> schedule.next(3, NOW, FAR))
                        .distinct()
                        .count())
                .isGreaterThan(40);
    }
}
