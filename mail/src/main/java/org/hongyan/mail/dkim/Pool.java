package org.hongyan.mail.dkim;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/**
 * Costly objects that one thread at a time uses. There are more virtual threads than such objects are worth, so a
 * {@code ThreadLocal} would hold thousands; and no one ever waits here: an empty pool makes another object, a full one
 * drops it.
 */
final class Pool<T> {

    private final ArrayBlockingQueue<T> idle =
            new ArrayBlockingQueue<>(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    private final Supplier<T> source;

    Pool(Supplier<T> source) {
        this.source = source;
    }

    T take() {
        T object = idle.poll();
        return object != null ? object : source.get();
    }

    /** Only for an object in its first state: one that has failed half-way is left to the garbage collector. */
    void giveBack(T object) {
        idle.offer(object);
    }
}
