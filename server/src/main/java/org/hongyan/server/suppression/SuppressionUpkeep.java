package org.hongyan.server.suppression;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets suppressions that are over. */
@Configuration(proxyBeanMethods = false)
class SuppressionUpkeep {

    @Bean
    RecurringTask<Void> suppressionsOver(SuppressionRepository repository, Clock clock) {
        return Tasks.recurring("suppression-over", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> repository.deleteOver(clock.instant()));
    }
}
