package org.hongyan.server.submission;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets idempotency keys when their day is over. */
@Configuration(proxyBeanMethods = false)
class SubmissionUpkeep {

    @Bean
    RecurringTask<Void> submissionKeysUpkeep(SubmissionRepository repository, Clock clock) {
        return Tasks.recurring("submission-keys", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) ->
                        repository.deleteBefore(clock.instant().minus(CommitGroup.KEYS_LIVE)));
    }
}
