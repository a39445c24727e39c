package org.hongyan.server.event;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Keeps the ledger's day partitions ahead of the clock and drops what is older than the retention. Makes the first ones
 * before anything else of the service starts.
 */
@Component
final class EventPartitions implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(EventPartitions.class);

    /** A week: the service goes on when nothing recurring ran for days, or the clock jumps. */
    private static final int DAYS_AHEAD = 7;

    private final PartitionRepository repository;
    private final EventProperties properties;
    private final Clock clock;

    EventPartitions(PartitionRepository repository, EventProperties properties, Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        createAhead();
    }

    void createAhead() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int day = -1; day <= DAYS_AHEAD; day++) {
            repository.create(today.plusDays(day));
        }
    }

    void dropOld() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        int dropped = repository.dropBefore(today.minusDays(properties.retentionDays()));
        if (dropped > 0) {
            LOG.info("Dropped {} partitions of history older than {} days", dropped, properties.retentionDays());
        }
    }
}
