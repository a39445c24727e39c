package org.hongyan.mail.smtp;

import java.net.InetAddress;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of one server share.
 *
 * @param uncounted client addresses that the limit of connections from one address does not concern
 * @param tls asked at each handshake; null when the server has no TLS
 */
record SmtpServerSettings(
        SmtpServerHandler handler,
        String hostName,
        Set<SmtpServer.Extension> extensions,
        SmtpServerLimits limits,
        Predicate<SmtpServerHandler.Peer> authWithoutTls,
        Predicate<InetAddress> uncounted,
        @Nullable Supplier<SSLContext> tls) {

    SmtpServerSettings {
        extensions = Set.copyOf(extensions);
    }

    boolean offers(SmtpServer.Extension extension) {
        return extensions.contains(extension);
    }
}
