package org.hongyan.server.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.hongyan.server.SettableClock;
import org.hongyan.server.TestDatabase;
import org.junit.jupiter.api.Test;

class SendingQuotaTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final AtomicLong DOMAINS = new AtomicLong();

    /** 23:00 in Shanghai. */
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T15:00:00Z"));

    private final ReputationProperties properties = new ReputationProperties(1, ZoneId.of("Asia/Shanghai"));
    private final ReputationRepository repository = new ReputationRepository(DATABASE.jdbc());
    private final SendingQuota quota = new SendingQuota(repository, properties, LevelRules.standard(), clock);
    private final DailyTallies tallies = new DailyTallies(repository, properties, clock);
    private final Reputation reputation = new Reputation(repository, properties, quota, clock);
    private final long domain = DOMAINS.incrementAndGet();

    @Test
    void sixteenThreadsOverManyConnectionsAdmitExactlyTheCap() throws Exception {
        AtomicLong admitted = new AtomicLong();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        int wanted = ThreadLocalRandom.current().nextInt(1, 4);
                        if (take(wanted) == null) {
                            admitted.addAndGet(wanted);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        while (take(1) == null) {
            admitted.incrementAndGet();
        }
        assertThat(admitted.get()).isEqualTo(500);
        assertThat(standing().admitted()).isEqualTo(500);
        assertThat(standing().remaining()).isZero();
    }

    @Test
    void aMailThatDoesNotFitAsAWholeTakesNothing() {
        assertThat(take(499)).isNull();
        assertThat(take(2)).isEqualTo(new SendingQuota.Stop.CapReached(500, Instant.parse("2026-11-25T16:00:00Z")));
        assertThat(take(1)).isNull();
    }

    @Test
    void whatWaitsOverMidnightKeepsItsPlaceInTheNewDayAndSentMailDoesNot() {
        take(300);
        attempted(100, clock.instant());
        clock.advance(Duration.ofHours(2));
        assertThat(standing().admitted()).isEqualTo(200);
        assertThat(take(301)).isInstanceOf(SendingQuota.Stop.CapReached.class);
        assertThat(take(300)).isNull();
        attempted(500, clock.instant());
        assertThat(standing().admitted()).isEqualTo(500);
        assertThat(standing().today().sent()).isEqualTo(500);
        clock.advance(Duration.ofDays(1));
        assertThat(standing().admitted()).isZero();
    }

    @Test
    void anAttemptBeforeMidnightThatIsWrittenDownAfterItFreesItsPlaceInTheNewDay() {
        take(10);
        Instant before = clock.instant();
        clock.advance(Duration.ofHours(2));
        take(1);
        assertThat(standing().admitted()).isEqualTo(11);
        attempted(10, before);
        assertThat(standing().admitted()).isEqualTo(1);
        assertThat(standing().today().sent()).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(standing().admitted()).isEqualTo(1);
    }

    @Test
    void mailThatIsNeverAttemptedGivesItsPlaceBack() {
        take(500);
        DATABASE.transactions().executeWithoutResult(status -> tallies.giveBack(Map.of(domain, 3L)));
        assertThat(take(4)).isInstanceOf(SendingQuota.Stop.CapReached.class);
        assertThat(take(3)).isNull();
    }

    @Test
    void aDomainAtLevelZeroOrBannedTakesNothing() {
        reputation.begin(domain);
        DATABASE.jdbc()
                .sql(
                        "UPDATE reputation_domain SET ban_rule = 'B1', banned_until = '2026-11-25T16:00:00Z' WHERE domain_id = ?")
                .param(domain)
                .update();
        assertThat(take(1)).isEqualTo(new SendingQuota.Stop.Banned("B1", Instant.parse("2026-11-25T16:00:00Z")));
        assertThat(standing().banned()).isTrue();
        clock.advance(Duration.ofHours(2));
        assertThat(take(1)).isNull();
        DATABASE.jdbc()
                .sql("UPDATE reputation_domain SET level = 0 WHERE domain_id = ?")
                .param(domain)
                .update();
        assertThat(take(1)).isEqualTo(new SendingQuota.Stop.LevelZero());
    }

    private SendingQuota.Stop take(int recipients) {
        return DATABASE.transactions().execute(status -> {
            SendingQuota.Places places = quota.hold(new TreeSet<>(Set.of(domain)));
            SendingQuota.Stop stop = places.take(domain, recipients);
            places.save();
            return stop;
        });
    }

    private void attempted(int mails, Instant at) {
        List<TallyMark> marks = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            marks.add(new TallyMark(domain, at, TallyMark.What.SENT));
        }
        DATABASE.transactions().executeWithoutResult(status -> tallies.count(marks));
    }

    private DomainStanding standing() {
        return reputation.standings(Set.of(domain)).get(domain);
    }
}
