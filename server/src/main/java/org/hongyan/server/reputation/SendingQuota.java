package org.hongyan.server.reputation;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The exact quota of each domain's day: places are given under a lock of the database that lasts until the accepting
 * transaction ends, so that no number of nodes and threads admits one mail too many. Thread-safe.
 */
@Service
public class SendingQuota {

    private final ReputationRepository repository;
    private final ReputationProperties properties;
    private final LevelRules rules;
    private final Clock clock;

    SendingQuota(ReputationRepository repository, ReputationProperties properties, LevelRules rules, Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.rules = rules;
        this.clock = clock;
    }

    /** What stops a domain from taking more. */
    public sealed interface Stop {
        /** Level 0. */
        record LevelZero() implements Stop {}

        /** Banned by a rule. */
        record Banned(String rule, Instant until) implements Stop {}

        /** Not so many left today. */
        record CapReached(long cap, Instant resetsAt) implements Stop {}
    }

    /** The places of some domains, held for one transaction. Not thread-safe. */
    public final class Places {
        private final LocalDate day;
        private final Instant now;
        private final Map<Long, ReputationRepository.Allowance> allowances;
        private final SortedMap<Long, Long> taken = new TreeMap<>();

        private Places(LocalDate day, Instant now, Map<Long, ReputationRepository.Allowance> allowances) {
            this.day = day;
            this.now = now;
            this.allowances = allowances;
        }

        /** Takes places for all recipients of a mail, or none of them and says why. */
        public @Nullable Stop take(long domainId, int recipients) {
            ReputationRepository.Allowance allowance = allowances.get(domainId);
            if (allowance == null) {
                throw new IllegalStateException("the places of domain " + domainId + " are not held");
            }
            if (allowance.level() == 0) {
                return new Stop.LevelZero();
            }
            Instant bannedUntil = allowance.bannedUntil();
            if (bannedUntil != null && now.isBefore(bannedUntil)) {
                String rule = allowance.banRule();
                return new Stop.Banned(rule == null ? "" : rule, bannedUntil);
            }
            long cap = cap(allowance.level(), allowance.capByHand());
            long already = allowance.admitted() + taken.getOrDefault(domainId, 0L);
            if (already + recipients > cap) {
                return new Stop.CapReached(cap, endOf(day));
            }
            taken.merge(domainId, (long) recipients, Long::sum);
            return null;
        }

        /** Writes what was taken. */
        public void save() {
            if (!taken.isEmpty()) {
                repository.admit(taken, day);
            }
        }
    }

    /** Holds today's places of these domains until the caller's transaction ends. */
    public Places hold(SortedSet<Long> domainIds) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, properties.zone());
        Map<Long, ReputationRepository.Allowance> held = new HashMap<>(repository.lockPlaces(domainIds, day));
        SortedSet<Long> missing = new TreeSet<>(domainIds);
        missing.removeAll(held.keySet());
        if (!missing.isEmpty()) {
            repository.begin(missing, properties.startingLevel(), now);
            repository.openDay(missing, day);
            held.putAll(repository.lockPlaces(missing, day));
        }
        return new Places(day, now, held);
    }

    long cap(int level, @Nullable Long capByHand) {
        return level > LevelRules.HIGHEST_LEVEL && capByHand != null ? capByHand : rules.cap(level);
    }

    Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(properties.zone()).toInstant();
    }
}
