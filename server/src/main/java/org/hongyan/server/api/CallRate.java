package org.hongyan.server.api;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hongyan.server.account.AccountId;

/**
 * Calls of one action that one account may make in a second, at this node. Thread-safe; bounded, since only accounts
 * that signed rightly get an entry.
 */
final class CallRate {

    private record Key(AccountId account, String action) {}

    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();
    private final int perSecond;

    CallRate(int perSecond) {
        this.perSecond = perSecond;
    }

    int perSecond() {
        return perSecond;
    }

    boolean allows(AccountId account, String action) {
        return buckets.computeIfAbsent(new Key(account, action), key -> fullBucket())
                .tryConsume(1);
    }

    private Bucket fullBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
