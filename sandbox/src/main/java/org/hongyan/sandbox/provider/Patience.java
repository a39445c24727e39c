package org.hongyan.sandbox.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;

/**
 * The memory of servers that refuse for now: when a pair of return path and recipient was first tried, how often, and
 * how much of a rate is used up. Each memory is bounded and forgets what was not touched for longest. Thread-safe.
 */
final class Patience {

    private static final int MOST_REMEMBERED = 100_000;

    private record Bucket(double tokens, Instant at) {}

    private final InstantSource clock;
    private final Map<String, Instant> firstTries = new Forgetful<>();
    private final Map<String, Integer> refusals = new Forgetful<>();
    private final Map<String, Bucket> buckets = new Forgetful<>();

    Patience(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the pair was first tried at least {@code delay} ago. */
    synchronized boolean waited(ReversePath returnPath, EmailAddress recipient, Duration delay) {
        Instant now = clock.instant();
        Instant first = firstTries.computeIfAbsent(pair(returnPath, recipient), key -> now);
        return !now.isBefore(first.plus(delay));
    }

    /** Whether the pair was refused {@code times} times already; a refusal is counted, and forgotten after the last. */
    synchronized boolean refusedOftenEnough(ReversePath returnPath, EmailAddress recipient, int times) {
        String pair = pair(returnPath, recipient);
        int before = refusals.getOrDefault(pair, 0);
        if (before >= times) {
            refusals.remove(pair);
            return true;
        }
        refusals.put(pair, before + 1);
        return false;
    }

    /** Takes one mail out of the measure, if there is one in it. */
    synchronized boolean withinRate(String counter, int perSecond) {
        Instant now = clock.instant();
        Bucket last = buckets.getOrDefault(counter, new Bucket(0, now));
        double gained = Duration.between(last.at, now).toNanos() / 1e9 * perSecond;
        double tokens = Math.min(perSecond, last.tokens + Math.max(0, gained));
        boolean within = tokens >= 1;
        buckets.put(counter, new Bucket(within ? tokens - 1 : tokens, now));
        return within;
    }

    private static String pair(ReversePath returnPath, EmailAddress recipient) {
        return returnPath + " " + recipient.comparisonKey();
    }

    private static final class Forgetful<V> extends LinkedHashMap<String, V> {
        Forgetful() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }
}
