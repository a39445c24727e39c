package org.hongyan.mail.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An SMTP server (RFC 5321) with one or more listening ports, whose policy is an {@link SmtpServerHandler}. */
public final class SmtpServer implements AutoCloseable {

    /** How a listening port treats TLS. */
    public enum Mode {
        /** Never encrypted. */
        PLAIN,
        /** Plain until the client says STARTTLS (RFC 3207). */
        STARTTLS,
        /** Encrypted from the first octet (RFC 8314). */
        IMPLICIT_TLS
    }

    /** What EHLO may announce; an extension that is not announced is refused when used. */
    public enum Extension {
        /** RFC 1870. */
        SIZE,
        /** RFC 2920. */
        PIPELINING,
        /** RFC 6152. */
        EIGHT_BIT_MIME,
        /** RFC 6531. */
        SMTPUTF8,
        /** RFC 3030, without BINARYMIME. */
        CHUNKING,
        /** RFC 2034. */
        ENHANCED_STATUS_CODES,
        /** RFC 3461. */
        DSN,
        /** RFC 4954, mechanisms PLAIN and LOGIN. */
        AUTH,
        /** RFC 3207; announced on {@link Mode#STARTTLS} ports only. */
        STARTTLS
    }

    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
    private static final int BACKLOG = 1024;
    private static final long ACCEPT_PAUSE_NANOS = 50_000_000;

    private final SmtpServerConnections connections;
    private final SmtpServerWatch watch;
    private final SmtpServerLimits.Times times;
    private final List<ServerSocket> sockets;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SmtpServer(SmtpServerSettings settings, List<ServerSocket> sockets, List<Mode> modes) {
        this.sockets = List.copyOf(sockets);
        this.times = settings.limits().times();
        this.connections = new SmtpServerConnections(settings);
        this.watch = new SmtpServerWatch(connections, times);
        watch.start();
        for (int i = 0; i < sockets.size(); i++) {
            ServerSocket socket = sockets.get(i);
            Mode mode = modes.get(i);
            Thread.ofPlatform()
                    .name("smtp-accept-" + socket.getLocalPort())
                    .daemon()
                    .start(() -> accept(socket, mode));
        }
    }

    /** Begins a server that asks {@code handler}. */
    public static Builder builder(SmtpServerHandler handler) {
        return new Builder(handler);
    }

    /** Collects the settings of a server; not thread-safe. */
    public static final class Builder {
        private final SmtpServerHandler handler;
        private final List<InetSocketAddress> listens = new ArrayList<>();
        private final List<Mode> modes = new ArrayList<>();
        private String hostName = "localhost";
        private SmtpServerLimits limits = SmtpServerLimits.defaults();
        private Set<Extension> extensions = EnumSet.complementOf(EnumSet.of(Extension.AUTH));
        private Predicate<SmtpServerHandler.Peer> authWithoutTls = peer -> false;
        private Predicate<InetAddress> uncounted = address -> false;

        private @Nullable Supplier<SSLContext> tls;

        private Builder(SmtpServerHandler handler) {
            this.handler = handler;
        }

        /** The name in the greeting; {@code localhost} by default. */
        public Builder hostName(String name) {
            this.hostName = name;
            return this;
        }

        /** Adds a port to listen on; port 0 takes a free one. Call it once for each. */
        public Builder listen(InetSocketAddress address, Mode mode) {
            listens.add(address);
            modes.add(mode);
            return this;
        }

        /** The TLS context, asked for at each handshake, so that a renewed certificate needs no restart. */
        public Builder tls(Supplier<SSLContext> contexts) {
            this.tls = contexts;
            return this;
        }

        /** {@link SmtpServerLimits#defaults} by default. */
        public Builder limits(SmtpServerLimits limits) {
            this.limits = limits;
            return this;
        }

        /** What EHLO announces; all but AUTH by default. */
        public Builder extensions(Set<Extension> extensions) {
            this.extensions = extensions.isEmpty() ? EnumSet.noneOf(Extension.class) : EnumSet.copyOf(extensions);
            return this;
        }

        /** Whether AUTH is offered on a connection without TLS; never by default. */
        public Builder authWithoutTls(boolean allowed) {
            return authWithoutTls(peer -> allowed);
        }

        /** Which peers are offered AUTH without TLS; none by default. */
        public Builder authWithoutTls(Predicate<SmtpServerHandler.Peer> allowed) {
            this.authWithoutTls = allowed;
            return this;
        }

        /** Client addresses that may open more connections than others; none by default. The limit of all still holds. */
        public Builder uncounted(Predicate<InetAddress> addresses) {
            this.uncounted = addresses;
            return this;
        }

        /**
         * Opens the ports and begins to serve.
         *
         * @throws java.io.UncheckedIOException when a port cannot be opened; none stays open then
         * @throws IllegalStateException when nothing is listened on, or a TLS port has no context
         */
        public SmtpServer start() {
            SmtpServerSettings settings =
                    new SmtpServerSettings(handler, hostName, extensions, limits, authWithoutTls, uncounted, tls);
            if (listens.isEmpty()) {
                throw new IllegalStateException("a server listens on at least one port");
            }
            if (tls == null && modes.stream().anyMatch(mode -> mode != Mode.PLAIN)) {
                throw new IllegalStateException("a port with TLS needs a TLS context");
            }
            List<ServerSocket> sockets = new ArrayList<>();
            try {
                for (InetSocketAddress address : listens) {
                    sockets.add(open(address));
                }
            } catch (IOException notOpened) {
                sockets.forEach(SmtpServer::close);
                throw new UncheckedIOException(notOpened);
            }
            return new SmtpServer(settings, sockets, modes);
        }
    }

    /**
     * The port that the {@code index}-th {@link Builder#listen} got.
     *
     * @throws IndexOutOfBoundsException when there were fewer
     */
    public int port(int index) {
        return sockets.get(index).getLocalPort();
    }

    /** How many connections are open now. */
    public int connections() {
        return connections.count();
    }

    /** Memory that messages being received take now, in octets. */
    public long contentBytes() {
        return connections.buffers().reserved();
    }

    /**
     * Stops: no new connection, 421 to idle ones, messages being received may finish within
     * {@link SmtpServerLimits.Times#shutdown}. Returns when all connections have ended, or a few seconds after that time when a
     * handler does not return.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sockets.forEach(SmtpServer::close);
            connections.stop(times.shutdown());
            watch.stop();
        }
    }

    private void accept(ServerSocket server, Mode mode) {
        while (!closed.get()) {
            try {
                connections.admit(server.accept(), mode);
            } catch (IOException failure) {
                if (!closed.get()) {
                    // Out of file descriptors, as a rule: waiting lets connections end, looping would only burn the
                    // processor.
                    LOG.warn("No SMTP connection could be accepted on port {}", server.getLocalPort(), failure);
                    LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
                }
            }
        }
    }

    private static ServerSocket open(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
            return socket;
        } catch (IOException notBound) {
            socket.close();
            throw new IOException("can't listen on " + address + ": " + notBound.getMessage(), notBound);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            LOG.warn("A listening socket could not be closed", failure);
        }
    }
}
