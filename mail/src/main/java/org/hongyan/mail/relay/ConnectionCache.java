package org.hongyan.mail.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.hongyan.mail.smtp.SmtpConnection;
import org.hongyan.mail.smtp.TlsPolicy;

/**
 * Connections that wait for their next mail. The lock is held for bookkeeping only; good-byes are said outside of it.
 */
final class ConnectionCache implements AutoCloseable {

    /** Connections with one key are as good as each other. */
    record Key(String source, String host, int port, TlsPolicy tls) {}

    private record Idle(SmtpConnection connection, long since) {}

    private final RelaySettings.Bounds bounds;
    private final Map<Key, Deque<Idle>> idle = new HashMap<>();
    private final Thread sweeper;
    private int total;
    private boolean closed;

    ConnectionCache(RelaySettings.Bounds bounds) {
        this.bounds = bounds;
        this.sweeper = Thread.ofVirtual().name("relay-idle-connections").start(this::sweep);
    }

    /** The connection that was used last, for its windows are open and its server is awake. */
    Optional<SmtpConnection> take(Key key) {
        List<SmtpConnection> stale = new ArrayList<>();
        Optional<SmtpConnection> found = Optional.empty();
        synchronized (idle) {
            Deque<Idle> waiting = idle.get(key);
            while (waiting != null && found.isEmpty() && !waiting.isEmpty()) {
                SmtpConnection connection = waiting.pollLast().connection();
                total--;
                if (connection.isQuiet()) {
                    found = Optional.of(connection);
                } else {
                    stale.add(connection);
                }
            }
            if (waiting != null && waiting.isEmpty()) {
                idle.remove(key);
            }
        }
        stale.forEach(SmtpConnection::close);
        return found;
    }

    /**
     * Keeps a connection, or says good-bye where there is no room.
     *
     * @param most connections kept for this key, apart from the bounds
     */
    void give(Key key, SmtpConnection connection, int most) {
        synchronized (idle) {
            Deque<Idle> waiting = idle.get(key);
            int here = waiting == null ? 0 : waiting.size();
            if (!closed && total < bounds.idleConnections() && here < Math.min(most, bounds.idlePerDestination())) {
                idle.computeIfAbsent(key, missing -> new ArrayDeque<>())
                        .addLast(new Idle(connection, System.nanoTime()));
                total++;
                return;
            }
        }
        sayGoodBye(connection);
    }

    int size() {
        synchronized (idle) {
            return total;
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        LockSupport.unpark(sweeper);
        evict(0).forEach(ConnectionCache::sayGoodBye);
    }

    /** On a thread of its own: nobody who delivers waits for a server's last words. */
    static void sayGoodBye(SmtpConnection connection) {
        Thread.ofVirtual().name("smtp-quit").start(connection::quit);
    }

    private void sweep() {
        long interval = Math.clamp(bounds.idleTime().toNanos() / 4, 10_000_000L, 1_000_000_000L);
        while (!isClosed()) {
            LockSupport.parkNanos(interval);
            evict(bounds.idleTime().toNanos()).forEach(ConnectionCache::sayGoodBye);
        }
    }

    private boolean isClosed() {
        synchronized (idle) {
            return closed;
        }
    }

    private List<SmtpConnection> evict(long olderThanNanos) {
        List<SmtpConnection> evicted = new ArrayList<>();
        long now = System.nanoTime();
        synchronized (idle) {
            for (Iterator<Deque<Idle>> all = idle.values().iterator(); all.hasNext(); ) {
                Deque<Idle> waiting = all.next();
                while (!waiting.isEmpty() && now - waiting.getFirst().since() >= olderThanNanos) {
                    evicted.add(waiting.pollFirst().connection());
                    total--;
                }
                if (waiting.isEmpty()) {
                    all.remove();
                }
            }
        }
        return evicted;
    }
}
