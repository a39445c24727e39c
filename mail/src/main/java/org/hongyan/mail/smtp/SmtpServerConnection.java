package org.hongyan.mail.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one {@link SmtpSession} over a socket, on a virtual thread of its own.
 *
 * <p>Reads and writes block without a timeout. {@link SmtpServerWatch} looks at what this thread waits for and since when; to end a
 * wait for input it shuts the input down, which wakes the thread with time left to say 421. That costs nothing for each read, judges
 * a drip of single octets by the whole command, and shortens the patience with connections that are idle already when stress begins.
 */
final class SmtpServerConnection implements Runnable {

    /** What the thread waits for. */
    enum Waiting {
        NOTHING,
        COMMAND,
        CONTENT,
        WRITE,
        HANDSHAKE,
        LINGER
    }

    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);

    private static final int COMMAND_BUFFER = 1024;
    private static final int MOST_OUTPUT = 16 * 1024;
    private static final int MOST_LINGERED = 16 * 1024 * 1024;

    private final Socket socket;
    private final SmtpServer.Mode mode;
    private final SmtpServerConnections all;
    private final SmtpSessionPeer peer;
    private final SmtpSession session;
    private @Nullable SmtpServerTlsTransport tls;
    private boolean countedByAddress;

    private volatile Waiting waiting = Waiting.NOTHING;
    private volatile long since = System.nanoTime();
    private volatile boolean inTransaction;
    private volatile long transactionSince;
    private volatile long contentSince;
    private volatile long contentOctets;
    private volatile @Nullable Reply cut;

    SmtpServerConnection(Socket socket, SmtpServer.Mode mode, boolean countedByAddress, SmtpServerConnections all) {
        this.countedByAddress = countedByAddress;
        this.socket = socket;
        this.mode = mode;
        this.all = all;
        this.peer = new SmtpSessionPeer(socket.getInetAddress(), socket.getLocalPort());
        this.session = new SmtpSession(all.settings(), all.buffers(), peer, mode == SmtpServer.Mode.STARTTLS);
    }

    @Override
    public void run() {
        boolean opened = false;
        try (socket) {
            socket.setTcpNoDelay(true);
            SmtpServerTransport transport = new SmtpServerPlainTransport(socket);
            if (mode == SmtpServer.Mode.IMPLICIT_TLS) {
                transport = encrypt(Objects.requireNonNull(all.settings().tls()).get());
            }
            opened = true;
            session.open();
            converse(transport);
        } catch (IOException gone) {
            // A client that goes away is no event worth more than this; nothing it wrote is in the text but through the
            // JDK.
            LOG.debug("The connection of {} broke: {}", peer, gone.getClass().getName());
        } catch (RuntimeException failure) {
            LOG.error("The connection of {} failed", peer, failure);
        } finally {
            end(opened);
        }
    }

    InetAddress address() {
        return peer.address();
    }

    /** Whether this connection counts against the limit of its address; it no longer does once the client has signed in. */
    boolean countedByAddress() {
        return countedByAddress;
    }

    private void end(boolean opened) {
        if (tls != null) {
            tls.release();
        }
        if (opened) {
            session.closed();
        }
        all.ended(this);
    }

    private void converse(SmtpServerTransport first) throws IOException {
        SmtpServerTransport transport = first;
        byte[] commands = new byte[COMMAND_BUFFER];
        long commandSince = System.nanoTime();
        boolean filled = false;
        while (true) {
            switch (session.wants()) {
                case END -> {
                    flush(transport);
                    farewell(transport);
                    return;
                }
                case TLS -> {
                    discardArrived(transport, commands);
                    SSLContext context = session.takeTls();
                    flush(transport);
                    transport = encrypt(context);
                    session.encrypted();
                    commandSince = System.nanoTime();
                }
                case COMMAND -> {
                    flushBeforeWaiting(transport, filled);
                    await(Waiting.COMMAND, commandSince);
                    if (all.stopping()) {
                        session.interrupt(SmtpServerReplies.STOPPING);
                        continue;
                    }
                    int length = transport.read(commands, commands.length);
                    if (!take(commands, length)) {
                        return;
                    }
                    filled = length == commands.length;
                    if (!session.inCommand()) {
                        commandSince = System.nanoTime();
                    }
                }
                case CONTENT -> {
                    flushBeforeWaiting(transport, filled);
                    filled = readContent(transport);
                    commandSince = System.nanoTime();
                }
            }
        }
    }

    /** Reads into a borrowed segment while the client sends a message; returns whether the segment was filled. */
    private boolean readContent(SmtpServerTransport transport) throws IOException {
        byte[] segment = all.buffers().take();
        try {
            long received = 0;
            contentOctets = received;
            contentSince = System.nanoTime();
            int length = 0;
            while (session.wants() == SmtpSession.Wants.CONTENT) {
                flushBeforeWaiting(transport, length == segment.length);
                await(Waiting.CONTENT, System.nanoTime());
                length = transport.read(segment, segment.length);
                received += Math.max(0, length);
                contentOctets = received;
                if (!take(segment, length)) {
                    throw new EOFException("the client left inside a message");
                }
            }
            return length == segment.length;
        } finally {
            all.buffers().give(segment);
        }
    }

    /** Gives the session what was read; false when the client has gone. */
    private boolean take(byte[] input, int length) {
        waiting = Waiting.NOTHING;
        if (length < 0) {
            Reply last = cut;
            if (last != null) {
                session.interrupt(last);
            }
            return last != null;
        }
        session.feed(input, 0, length);
        noteTransaction();
        if (countedByAddress && peer.identity() != null) {
            countedByAddress = false;
            all.identified(this);
        }
        return true;
    }

    private void noteTransaction() {
        boolean now = session.inTransaction();
        if (now && !inTransaction) {
            transactionSince = System.nanoTime();
        }
        if (now != inTransaction) {
            inTransaction = now;
        }
    }

    /** Answers a pipelined group in one write: not before what has arrived of it is read (RFC 2920 §3.2). */
    private void flushBeforeWaiting(SmtpServerTransport transport, boolean lastReadFilled) throws IOException {
        boolean more = lastReadFilled && session.output().length() < MOST_OUTPUT && transport.arrived();
        if (!more) {
            flush(transport);
        }
    }

    private void flush(SmtpServerTransport transport) throws IOException {
        SmtpServerOutput output = session.output();
        if (output.length() > 0) {
            await(Waiting.WRITE, System.nanoTime());
            transport.write(output.octets(), output.length());
            waiting = Waiting.NOTHING;
            output.clear();
        }
    }

    /** What arrived before our 220 was not said under TLS and counts for nothing (CVE-2011-0411). */
    private static void discardArrived(SmtpServerTransport transport, byte[] scratch) throws IOException {
        int discarded = 0;
        while (transport.arrived() && discarded < MOST_OUTPUT) {
            int length = transport.read(scratch, scratch.length);
            if (length < 0) {
                return;
            }
            discarded += length;
        }
    }

    private SmtpServerTransport encrypt(SSLContext context) throws IOException {
        await(Waiting.HANDSHAKE, System.nanoTime());
        SmtpServerTlsTransport encrypted = new SmtpServerTlsTransport(socket, context, all.buffers());
        tls = encrypted;
        encrypted.handshake();
        waiting = Waiting.NOTHING;
        if (mode == SmtpServer.Mode.IMPLICIT_TLS) {
            peer.nowEncrypted();
        }
        return encrypted;
    }

    /**
     * Closes so that the last reply arrives: a socket closed with unread input answers with a reset, which makes the client's
     * system throw away what the client has not read yet.
     */
    private void farewell(SmtpServerTransport transport) throws IOException {
        await(Waiting.LINGER, System.nanoTime());
        transport.finish();
        if (!session.endedByUs() || cut != null) {
            return;
        }
        socket.shutdownOutput();
        byte[] segment = all.buffers().take();
        try {
            int lingered = 0;
            int length;
            while (lingered < MOST_LINGERED && (length = socket.getInputStream().read(segment)) >= 0) {
                lingered += length;
            }
        } finally {
            all.buffers().give(segment);
        }
    }

    private void await(Waiting what, long from) {
        since = from;
        waiting = what;
    }

    /** Ends what has waited too long; called by the watch. */
    void judge(long now, SmtpServerLimits.Times limits, boolean stress) {
        long idle = (stress ? limits.idleUnderStress() : limits.idle()).toNanos();
        // Read in this order, and written in the other, so that a new wait is never judged by the start of an old one.
        Waiting what = waiting;
        long waited = now - since;
        switch (what) {
            case NOTHING -> {}
            case COMMAND -> {
                if (waited > idle) {
                    cut(SmtpServerReplies.IDLE_TOO_LONG);
                } else if (inTransaction
                        && now - transactionSince > limits.transaction().toNanos()) {
                    cut(SmtpServerReplies.TRANSACTION_TOO_LONG);
                }
            }
            case CONTENT -> judgeContent(now, limits, idle, waited);
            case WRITE -> abortAfter(cut == null ? idle : SmtpServerWatch.FAREWELL_NANOS, waited);
            case HANDSHAKE -> abortAfter(limits.handshake().toNanos(), waited);
            case LINGER -> abortAfter(SmtpServerWatch.FAREWELL_NANOS, waited);
        }
    }

    private void judgeContent(long now, SmtpServerLimits.Times limits, long idle, long waited) {
        long lasted = now - contentSince;
        double least = limits.slowestContent() * (lasted / 1e9);
        if (waited > idle) {
            cut(SmtpServerReplies.IDLE_TOO_LONG);
        } else if (lasted > limits.rateGrace().toNanos() && contentOctets < least) {
            cut(SmtpServerReplies.CONTENT_TOO_SLOW);
        } else if (now - transactionSince > limits.transaction().toNanos()) {
            cut(SmtpServerReplies.TRANSACTION_TOO_LONG);
        }
    }

    private void abortAfter(long limit, long waited) {
        if (waited > limit) {
            abort();
        }
    }

    /** The server stops: a connection that waits for a command is told so. */
    void stop() {
        if (waiting == Waiting.COMMAND) {
            cut(SmtpServerReplies.STOPPING);
        }
    }

    /** The server has waited long enough: one that still sends a message is told so too. */
    void stopNow() {
        if (waiting == Waiting.COMMAND || waiting == Waiting.CONTENT) {
            cut(SmtpServerReplies.STOPPING);
        }
    }

    /** Closes without a word. */
    void abort() {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            LOG.debug("The connection of {} was broken before it was closed", peer);
        }
    }

    private void cut(Reply last) {
        if (cut != null) {
            return;
        }
        cut = last;
        try {
            socket.shutdownInput();
        } catch (IOException alreadyBroken) {
            abort();
        }
    }
}
