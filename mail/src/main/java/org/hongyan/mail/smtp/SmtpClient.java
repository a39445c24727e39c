package org.hongyan.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Opens SMTP connections and keeps watch over their time. Thread-safe; one serves the whole process.
 *
 * <p>Closing it lets open connections finish; their deadlines are kept until the last has gone.
 */
public final class SmtpClient implements AutoCloseable {

    private final SmtpTimeouts timeouts;
    private final TlsLayer tls;
    private final DeadlineWatch watch;

    /** A client that trusts the certificate authorities of the JDK. */
    public SmtpClient(SmtpTimeouts timeouts) {
        this(timeouts, null);
    }

    /** @param authorities certificates trusted for {@link TlsPolicy.Verified}; null for those of the JDK */
    public SmtpClient(SmtpTimeouts timeouts, @Nullable KeyStore authorities) {
        this.timeouts = timeouts;
        this.tls = new TlsLayer(authorities);
        this.watch = new DeadlineWatch(shortest(timeouts));
    }

    /**
     * Whom to speak to.
     *
     * @param host name of the host, for TLS and for people
     * @param address where it is
     * @param port 1 to 65535
     */
    public record Peer(String host, InetAddress address, int port) {}

    /** How the connection was opened, or why not. */
    public sealed interface Opening {
        /** Greeted, EHLO said, encrypted as the policy asks: ready for MAIL. */
        record Opened(SmtpConnection connection) implements Opening {}

        /** Nothing is left open. */
        record Failed(SmtpFailure failure) implements Opening {}
    }

    /**
     * Connects, reads the greeting, says EHLO (HELO where that is not known), and starts TLS as {@code policy} asks.
     *
     * @param localAddress source address; null lets the operating system choose
     * @param pipelining false to speak turn by turn even where PIPELINING is offered
     */
    public Opening open(
            Peer peer, @Nullable InetAddress localAddress, DomainName heloName, TlsPolicy policy, boolean pipelining) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            if (localAddress != null) {
                socket.bind(new InetSocketAddress(localAddress, 0));
            }
            socket.connect(new InetSocketAddress(peer.address(), peer.port()), (int)
                    Math.min(Integer.MAX_VALUE, Math.max(1, timeouts.connect().toMillis())));
        } catch (IOException | IllegalArgumentException unreachable) {
            closeQuietly(socket);
            return new Opening.Failed(new SmtpFailure.Unreachable(unreachableReason(peer, unreachable)));
        }
        SmtpConnection connection;
        try {
            connection = new SmtpConnection(socket, peer, timeouts, watch);
        } catch (IOException broken) {
            closeQuietly(socket);
            return new Opening.Failed(new SmtpFailure.Unreachable(unreachableReason(peer, broken)));
        }
        try {
            connection.greet(heloName, policy, tls, pipelining);
            return new Opening.Opened(connection);
        } catch (SmtpTrouble trouble) {
            connection.close();
            return new Opening.Failed(trouble.failure());
        }
    }

    /** Connections that are open now, idle ones included. */
    public int openConnections() {
        return watch.size();
    }

    @Override
    public void close() {
        watch.close();
    }

    private String unreachableReason(Peer peer, Exception cause) {
        String where = peer.host() + " [" + peer.address().getHostAddress() + "]:" + peer.port();
        return cause instanceof SocketTimeoutException
                ? "no connection to " + where + " within " + timeouts.connect().toMillis() + " ms"
                : "no connection to " + where + ": " + cause.getMessage();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closing was all that was wanted.
        }
    }

    private static Duration shortest(SmtpTimeouts timeouts) {
        return List.of(
                        timeouts.greeting(),
                        timeouts.hello(),
                        timeouts.tls(),
                        timeouts.mail(),
                        timeouts.rcpt(),
                        timeouts.data(),
                        timeouts.transfer(),
                        timeouts.end(),
                        timeouts.quit())
                .stream()
                .min(Duration::compareTo)
                .orElseThrow();
    }
}
