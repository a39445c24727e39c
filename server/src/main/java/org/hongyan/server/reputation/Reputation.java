package org.hongyan.server.reputation;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hongyan.server.sender.DomainVerified;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** Levels and standings of sending domains. Thread-safe. */
@Service
public class Reputation {

    private final ReputationRepository repository;
    private final ReputationProperties properties;
    private final SendingQuota quota;
    private final Clock clock;

    Reputation(ReputationRepository repository, ReputationProperties properties, SendingQuota quota, Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.quota = quota;
        this.clock = clock;
    }

    /** Gives a newly verified domain its starting level; does nothing when it has one. */
    public void begin(long domainId) {
        repository.begin(Set.of(domainId), properties.startingLevel(), clock.instant());
    }

    @EventListener
    void domainVerified(DomainVerified event) {
        begin(event.domainId());
    }

    /** Where these domains stand; one that has not begun stands at the starting level. */
    public Map<Long, DomainStanding> standings(Set<Long> domainIds) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, properties.zone());
        Map<Long, ReputationRepository.Standing> stored = repository.standings(domainIds, day);
        Map<Long, DomainStanding> standings = new HashMap<>();
        for (long domainId : domainIds) {
            ReputationRepository.Standing standing = stored.getOrDefault(
                    domainId,
                    new ReputationRepository.Standing(properties.startingLevel(), null, null, 0, DayTally.ZERO));
            Instant bannedUntil = standing.bannedUntil();
            standings.put(
                    domainId,
                    new DomainStanding(
                            domainId,
                            standing.level(),
                            quota.cap(standing.level(), standing.capByHand()),
                            standing.admitted(),
                            standing.today(),
                            bannedUntil != null && now.isBefore(bannedUntil),
                            quota.endOf(day)));
        }
        return standings;
    }
}
