package org.hongyan.mail.smtp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

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

    private SmtpServer() {}

    /** Begins a server that asks {@code handler}. */
    public static Builder builder(SmtpServerHandler handler) {
        return new Builder(handler);
    }

    /** Collects the settings of a server; not thread-safe. */
    public static final class Builder {
        final SmtpServerHandler handler;
        final List<InetSocketAddress> listens = new ArrayList<>();
        final List<Mode> modes = new ArrayList<>();
        String hostName = "localhost";
        SmtpServerLimits limits = SmtpServerLimits.defaults();
        Set<Extension> extensions = EnumSet.complementOf(EnumSet.of(Extension.AUTH));
        Predicate<SmtpServerHandler.Peer> authWithoutTls = peer -> false;

        @Nullable
        Supplier<SSLContext> tls;

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

        /**
         * Opens the ports and begins to serve.
         *
         * @throws java.io.UncheckedIOException when a port cannot be opened; none stays open then
         * @throws IllegalStateException when nothing is listened on, or a TLS port has no context
         */
        public SmtpServer start() {
            throw new UnsupportedOperationException();
        }
    }

    /** The port that the {@code index}-th {@link Builder#listen} got. */
    public int port(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    /** How many connections are open now. */
    public int connections() {
        return 0;
    }

    /**
     * Stops: no new connection, 421 to idle ones, messages being received may finish within
     * {@link SmtpServerLimits.Times#shutdown}. Returns when all connections have ended.
     */
    @Override
    public void close() {}
}
