package org.hongyan.server.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers answers of the database for some seconds, since every call of the API asks for the same few. A change made
 * on this node is forgotten here at once; on another node it is seen when the memory has faded. Thread-safe.
 */
final class ShortMemory<K, V> {

    private record Remembered<V>(V value, long fadesAtNanos) {}

    private final ConcurrentHashMap<K, Remembered<V>> values = new ConcurrentHashMap<>();
    private final long lifeNanos;
    private final int most;

    ShortMemory(Duration life, int most) {
        this.lifeNanos = life.toNanos();
        this.most = most;
    }

    /** The remembered value, or the one that is looked up; that there is none is not remembered. */
    Optional<V> find(K key, Function<K, Optional<V>> lookUp) {
        Remembered<V> known = values.get(key);
        long now = System.nanoTime();
        if (known != null && now - known.fadesAtNanos() < 0) {
            return Optional.of(known.value());
        }
        Optional<V> found = lookUp.apply(key);
        if (found.isPresent()) {
            if (values.size() >= most) {
                // Rare and cheap: a memory this full is mostly stale.
                values.clear();
            }
            values.put(key, new Remembered<>(found.get(), now + lifeNanos));
        } else {
            values.remove(key);
        }
        return found;
    }

    void forget(K key) {
        values.remove(key);
    }
}
