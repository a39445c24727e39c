package org.hongyan.server.reputation;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/**
 * Counts what happens to the mail of each domain, in the transaction of the event that it counts. Thread-safe.
 */
@Service
public class DailyTallies {

    private record DomainDay(long domainId, LocalDate day) implements Comparable<DomainDay> {
        private static final Comparator<DomainDay> ORDER =
                Comparator.comparingLong(DomainDay::domainId).thenComparing(DomainDay::day);

        @Override
        public int compareTo(DomainDay other) {
            return ORDER.compare(this, other);
        }
    }

    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(5);

    private final ReputationRepository repository;
    private final ReputationProperties properties;
    private final Clock clock;

    DailyTallies(ReputationRepository repository, ReputationProperties properties, Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.clock = clock;
    }

    /** Counts marks and turns the places of first attempts into attempts. Joins the caller's transaction. */
    public void count(Collection<TallyMark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        SortedMap<DomainDay, TallyChange> changes = new TreeMap<>();
        SortedMap<LocalDate, SortedMap<Long, Long>> attempts = new TreeMap<>();
        for (TallyMark mark : marks) {
            LocalDate day = LocalDate.ofInstant(mark.firstAttemptAt(), properties.zone());
            changes.merge(new DomainDay(mark.domainId(), day), mark.change(day), TallyChange::plus);
            if (mark.what() == TallyMark.What.SENT) {
                attempts.computeIfAbsent(day, d -> new TreeMap<>()).merge(mark.domainId(), 1L, Long::sum);
            }
        }
        // Places before tallies, as everywhere: a fixed order is what keeps transactions from deadlock.
        attempts.forEach(this::use);
        repository.add(List.copyOf(changes.values()));
    }

    private void use(LocalDate day, SortedMap<Long, Long> attempts) {
        SortedSet<Long> unopened = repository.attempt(attempts, day);
        if (!unopened.isEmpty()) {
            repository.openDay(unopened, day);
            SortedMap<Long, Long> rest = new TreeMap<>(attempts);
            rest.keySet().retainAll(unopened);
            repository.attempt(rest, day);
        }
        // Around midnight the place may have moved on before the attempt is written down here. The margin is for the
        // clocks of other nodes.
        if (LocalDate.ofInstant(clock.instant().plus(CLOCK_MARGIN), properties.zone())
                .isAfter(day)) {
            repository.retractAfter(attempts, day);
        }
    }

    /** Gives back the places of recipients that are never attempted, by domain. Joins the caller's transaction. */
    public void giveBack(Map<Long, Long> places) {
        if (!places.isEmpty()) {
            repository.giveBack(new TreeMap<>(places));
        }
    }
}
