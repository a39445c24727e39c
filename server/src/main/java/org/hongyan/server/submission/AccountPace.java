package org.hongyan.server.submission;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Refusal;
import org.springframework.stereotype.Component;

/** How fast one account may submit at this node: a second's worth may come at once. Thread-safe. */
@Component
final class AccountPace {

    private final int perSecond;
    private final Map<AccountId, Bucket> buckets = new ConcurrentHashMap<>();

    AccountPace(SubmissionProperties properties) {
        this.perSecond = properties.accountRate();
    }

    /** Counts one mail; a refusal when it comes too early. Batches have a pace of their own. */
    Optional<Refusal> take(AccountId account, Submission.Via via) {
        if (perSecond == 0 || via == Submission.Via.BATCH) {
            return Optional.empty();
        }
        Bucket bucket = buckets.computeIfAbsent(
                account,
                id -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
        return bucket.tryConsume(1) ? Optional.empty() : Optional.of(new Refusal.TooFast(perSecond));
    }
}
