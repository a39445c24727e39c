package org.hongyan.server.queue;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Keeps a node's part of the queue alive: one thread that shares out the shards, one that reads what is due. Starts
 * before delivery and stops after it, giving the shards back.
 */
@Component
class QueueKeeper implements SmartLifecycle {

    /** Before the delivery (see {@code DeliveryRunner}), which needs shards. */
    static final int PHASE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(QueueKeeper.class);

    private static final long PAUSE_AFTER_FAILURE_NANOS = 500_000_000L;

    private final DeliveryQueue queue;
    private volatile boolean running;
    private volatile Thread sharing = Thread.currentThread();
    private volatile Thread reading = Thread.currentThread();

    QueueKeeper(DeliveryQueue queue) {
        this.queue = queue;
    }

    @Override
    public void start() {
        running = true;
        sharing = Thread.ofPlatform().name("queue-shards").daemon().start(this::share);
        reading = Thread.ofPlatform().name("queue-reader").daemon().start(this::read);
    }

    private void share() {
        boolean reported = false;
        while (running) {
            try {
                queue.ownership().tick();
                reported = false;
                LockSupport.parkNanos(queue.rebalance().toNanos());
            } catch (SQLException | RuntimeException e) {
                if (!reported) {
                    LOG.warn("The database is out of reach; delivery waits for it: {}", e.toString());
                    reported = true;
                }
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        }
    }

    private void read() {
        while (running) {
            boolean more = false;
            try {
                more = queue.refill();
            } catch (DataAccessException e) {
                LOG.debug("The queue could not be read", e);
            } catch (RuntimeException e) {
                LOG.error("The queue's reader failed; it goes on", e);
            }
            // With more in the table than in memory, the next look comes as soon as half of the memory is free again.
            long pause = queue.poll().toNanos();
            long deadline = System.nanoTime() + pause;
            boolean waitForRoom = more;
            while (running && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Math.min(pause, waitForRoom ? 20_000_000L : pause));
                if (waitForRoom && queue.hasMuchRoom()) {
                    break;
                }
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(sharing);
        LockSupport.unpark(reading);
        try {
            sharing.join(5_000);
            reading.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.session().close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
