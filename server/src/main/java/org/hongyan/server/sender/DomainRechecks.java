package org.hongyan.server.sender;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks at waiting and verified domains by itself. The scheduler lets one node of all do it at a time. */
@Configuration(proxyBeanMethods = false)
class DomainRechecks {

    private static final Logger LOG = LoggerFactory.getLogger(DomainRechecks.class);

    private static final int AT_A_TIME = 200;

    @Bean
    RecurringTask<Void> senderDomainRechecks(
            DomainRepository domains, DomainVerification verification, SenderProperties settings, Clock clock) {
        return Tasks.recurring("sender-domain-rechecks", FixedDelay.of(settings.recheckTick()))
                .execute((instance, context) -> lookAtDue(domains, verification, settings, clock));
    }

    static void lookAtDue(
            DomainRepository domains, DomainVerification verification, SenderProperties settings, Clock clock) {
        List<StoredDomain> due = domains.due(clock.instant(), AT_A_TIME);
        Semaphore places = new Semaphore(settings.recheckConcurrency());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (StoredDomain stored : due) {
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        lookAt(stored.domain(), domains, verification, settings, clock);
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    private static void lookAt(
            SendingDomain domain,
            DomainRepository domains,
            DomainVerification verification,
            SenderProperties settings,
            Clock clock) {
        try {
            verification.look(domain, false);
        } catch (RuntimeException broken) {
            // One domain must not keep the others from being looked at, nor come first again at once.
            LOG.error("The look at the records of {} broke", domain.name(), broken);
            domains.postpone(domain.id(), clock.instant().plus(settings.firstRecheck()));
        }
    }
}
