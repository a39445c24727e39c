package org.hongyan.mail.smtp;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all connections of a server time and again and ends those that have waited too long. One thread for all. */
final class SmtpServerWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);

    /** How long a connection that ends may take for its last reply. */
    static final long FAREWELL_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Duration SLOWEST_LOOK = Duration.ofSeconds(1);

    private final SmtpServerConnections connections;
    private final SmtpServerLimits.Times limits;
    private final long period;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    SmtpServerWatch(SmtpServerConnections connections, SmtpServerLimits.Times limits) {
        this.connections = connections;
        this.limits = limits;
        this.period = period(limits).toNanos();
    }

    void start() {
        thread = Thread.ofVirtual().name("smtp-watch").start(this);
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, period);
            boolean stress = connections.underStress();
            long now = System.nanoTime();
            connections.forEach(connection -> judge(connection, now, stress));
        }
    }

    /** One connection that can't be judged must not end the watch over all others. */
    private void judge(SmtpServerConnection connection, long now, boolean stress) {
        try {
            connection.judge(now, limits, stress);
        } catch (RuntimeException failure) {
            LOG.error("An SMTP connection could not be judged and is closed", failure);
            connection.abort();
        }
    }

    /** A quarter of the shortest limit, so that none is overrun by more than that, but at least each second. */
    private static Duration period(SmtpServerLimits.Times limits) {
        Duration shortest = SLOWEST_LOOK.multipliedBy(4);
        for (Duration limit : new Duration[] {
            limits.idle(), limits.idleUnderStress(), limits.handshake(), limits.transaction(), limits.rateGrace()
        }) {
            shortest = limit.compareTo(shortest) < 0 ? limit : shortest;
        }
        return shortest.dividedBy(4).plusMillis(1);
    }
}
