package org.hongyan.mail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of one server: lets new ones in within the limits, knows those that are open, ends them. Thread-safe. */
final class SmtpServerConnections {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);

    private final SmtpServerSettings settings;
    private final SmtpServerBuffers buffers;
    private final SmtpServerAddresses addresses;
    private final Set<SmtpServerConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allEnded = lock.newCondition();
    private volatile boolean stopping;

    SmtpServerConnections(SmtpServerSettings settings) {
        this.settings = settings;
        SmtpServerLimits.Connections limits = settings.limits().connections();
        this.buffers = new SmtpServerBuffers(limits.contentBytes());
        this.addresses = new SmtpServerAddresses(limits.perAddress());
    }

    SmtpServerSettings settings() {
        return settings;
    }

    SmtpServerBuffers buffers() {
        return buffers;
    }

    boolean stopping() {
        return stopping;
    }

    int count() {
        return count.get();
    }

    /** More than 80 % of the connections are taken: from now on patience is short, so that mail is delayed but never lost. */
    boolean underStress() {
        return count.get() > settings.limits().connections().total() * 0.8;
    }

    /** Serves a new connection on a virtual thread of its own, or turns it away. */
    void admit(Socket socket, SmtpServer.Mode mode) {
        if (count.incrementAndGet() > settings.limits().connections().total()) {
            count.decrementAndGet();
            turnAway(socket, mode, SmtpServerReplies.TOO_MANY_CONNECTIONS);
            return;
        }
        boolean counted = !settings.uncounted().test(socket.getInetAddress());
        if (counted && !addresses.take(socket.getInetAddress())) {
            count.decrementAndGet();
            turnAway(socket, mode, SmtpServerReplies.TOO_MANY_FROM_ADDRESS);
            return;
        }
        SmtpServerConnection connection = new SmtpServerConnection(socket, mode, counted, this);
        open.add(connection);
        Thread.ofVirtual().name("smtp").start(connection);
    }

    /** The client of this connection has signed in, so its address no longer stands for it. */
    void identified(SmtpServerConnection connection) {
        addresses.give(connection.address());
    }

    void ended(SmtpServerConnection connection) {
        if (!open.remove(connection)) {
            return;
        }
        if (connection.countedByAddress()) {
            addresses.give(connection.address());
        }
        if (count.decrementAndGet() == 0 && stopping) {
            lock.lock();
            try {
                allEnded.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    void forEach(Consumer<SmtpServerConnection> action) {
        open.forEach(action);
    }

    /** Ends all: the idle at once, those that receive a message when it is done or {@code patience} is over. */
    void stop(Duration patience) {
        stopping = true;
        forEach(SmtpServerConnection::stop);
        if (awaitEnd(patience)) {
            return;
        }
        forEach(SmtpServerConnection::stopNow);
        if (awaitEnd(Duration.ofNanos(SmtpServerWatch.FAREWELL_NANOS))) {
            return;
        }
        LOG.warn("{} SMTP connections did not end in time and are closed", count.get());
        forEach(SmtpServerConnection::abort);
        awaitEnd(Duration.ofNanos(SmtpServerWatch.FAREWELL_NANOS));
    }

    private boolean awaitEnd(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (count.get() > 0 && left > 0) {
                left = allEnded.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return count.get() == 0;
    }

    /** Runs on the accepting thread: the reply fits the empty send buffer, so the write can't block. */
    private static void turnAway(Socket socket, SmtpServer.Mode mode, Reply reply) {
        try (socket) {
            if (mode != SmtpServer.Mode.IMPLICIT_TLS) {
                socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException gone) {
            LOG.debug("A client left before it was turned away");
        }
    }
}
