package org.hongyan.mail.smtp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks at all open connections a few times a second and ends those whose step takes too long. */
final class DeadlineWatch implements AutoCloseable {

    private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();
    private final long tickNanos;
    private final Thread thread;
    private volatile boolean closed;

    /** @param shortest the shortest time-out that is to be kept with some precision */
    DeadlineWatch(Duration shortest) {
        this.tickNanos = Math.clamp(shortest.toNanos() / 8, 5_000_000L, 500_000_000L);
        this.thread = Thread.ofPlatform().daemon().name("smtp-deadlines").start(this::watch);
    }

    void add(Deadline deadline) {
        deadlines.add(deadline);
    }

    void remove(Deadline deadline) {
        deadlines.remove(deadline);
    }

    int size() {
        return deadlines.size();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        while (!closed || !deadlines.isEmpty()) {
            LockSupport.parkNanos(tickNanos);
            long now = System.nanoTime();
            for (Deadline deadline : deadlines) {
                deadline.check(now);
            }
        }
    }
}
