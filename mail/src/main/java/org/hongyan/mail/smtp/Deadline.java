package org.hongyan.mail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time by which a socket's present step has to be done. A socket time-out would not do: it starts anew with every
 * octet, so that a host that sends one in 30 seconds holds us for ever, and it does not hold for writes at all.
 */
final class Deadline {

    private static final long NONE = Long.MAX_VALUE;
    private static final long PASSED = Long.MIN_VALUE;

    private final Socket socket;
    private final AtomicLong nanoTime = new AtomicLong(NONE);

    Deadline(Socket socket) {
        this.socket = socket;
    }

    void in(Duration time) {
        long at = System.nanoTime() + time.toNanos();
        long before = nanoTime.get();
        if (before != PASSED) {
            nanoTime.compareAndSet(before, at == NONE || at == PASSED ? at - 1 : at);
        }
    }

    void none() {
        long before = nanoTime.get();
        if (before != PASSED) {
            nanoTime.compareAndSet(before, NONE);
        }
    }

    boolean hasPassed() {
        return nanoTime.get() == PASSED;
    }

    /** Called by the watch: closes the socket under whoever is blocked on it. */
    void check(long now) {
        long at = nanoTime.get();
        if (at != NONE && at != PASSED && at - now < 0 && nanoTime.compareAndSet(at, PASSED)) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // Closing was all that was wanted.
            }
        }
    }
}
