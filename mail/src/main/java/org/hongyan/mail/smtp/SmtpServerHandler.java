package org.hongyan.mail.smtp;

import java.net.InetAddress;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.jspecify.annotations.Nullable;

/**
 * The policy of an {@link SmtpServer}: who may speak, to whom, and what becomes of the message. One handler serves all
 * connections and must be thread-safe; each call runs on the virtual thread of its connection and may block.
 *
 * <p>A returned {@link Reply} is sent as it is. A positive reply (2xx) goes on, any other leaves the state as it was
 * before the command.
 */
public interface SmtpServerHandler {

    /** The facts of one connection, as they stand now. */
    interface Peer {
        /** Address of the client. */
        InetAddress address();

        /** Port of ours that the client reached. */
        int localPort();

        /** The EHLO or HELO argument; null before the greeting. */
        @Nullable
        String helloName();

        /** Whether the connection is encrypted now. */
        boolean encrypted();

        /** What {@link SmtpServerHandler#authenticate} gave for this connection; null before. */
        @Nullable
        Object identity();

        /**
         * Ends the connection without a reply once the present call of the handler returns, whatever it returns: what a
         * broken or pretended server does. Has no effect on peers that are not of a server.
         */
        default void hangUp() {}
    }

    /** Outcome of an AUTH attempt. */
    sealed interface Login {
        /** @param identity kept with the connection, opaque to the engine */
        record Granted(Object identity) implements Login {}

        /** @param reply 535, 454 or 421; a 421 closes the connection */
        record Denied(Reply reply) implements Login {}
    }

    /**
     * Parameters of MAIL (RFC 1870, 6152, 6531, 3461).
     *
     * @param declaredSize octets, 0 when not declared
     * @param eightBitMime BODY=8BITMIME
     * @param smtpUtf8 addresses and header may go beyond ASCII
     * @param dsnReturn {@code FULL} or {@code HDRS}; null when not given
     * @param envelopeId xtext as received, at most 100 characters; null when not given
     */
    record MailParameters(
            long declaredSize,
            boolean eightBitMime,
            boolean smtpUtf8,
            @Nullable String dsnReturn,
            @Nullable String envelopeId) {}

    /**
     * Parameters of RCPT (RFC 3461).
     *
     * @param notifyOn {@code NEVER} or a comma-separated list of {@code SUCCESS}, {@code FAILURE}, {@code DELAY}; null when
     *     not given
     * @param originalRecipient {@code type;xtext} as received, at most 500 characters; null when not given
     */
    record RcptParameters(
            @Nullable String notifyOn, @Nullable String originalRecipient) {}

    /** A whole message with its envelope, dot-unstuffed, every line ended by CRLF. */
    record Delivery(
            Peer peer,
            ReversePath returnPath,
            java.util.List<EmailAddress> recipients,
            MailParameters parameters,
            byte[] content) {}

    /** A refusal of the connection before the greeting, or empty to greet it. */
    default Optional<Reply> connected(Peer peer) {
        return Optional.empty();
    }

    /** Checks a name and password given by AUTH PLAIN or LOGIN. Only called when the server offers AUTH. */
    default Login authenticate(Peer peer, String user, String password) {
        return new Login.Denied(Reply.of(535, "5.7.8", "authentication is not offered here"));
    }

    /** MAIL FROM. */
    Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters);

    /** RCPT TO, asked once for each recipient; only those answered 2xx become recipients. */
    Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters);

    /** The end of the content. A 2xx reply promises that the message is durably stored. */
    Reply data(Delivery delivery);

    /** The connection has ended, for whatever reason. */
    default void disconnected(Peer peer) {}
}
