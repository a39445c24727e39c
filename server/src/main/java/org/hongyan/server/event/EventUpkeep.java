package org.hongyan.server.event;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes and drops partitions in good time. The scheduler lets one node of all do it. */
@Configuration(proxyBeanMethods = false)
class EventUpkeep {

    @Bean
    RecurringTask<Void> eventPartitionsUpkeep(EventPartitions partitions) {
        return Tasks.recurring("event-partitions", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> {
                    partitions.createAhead();
                    partitions.dropOld();
                });
    }
}
