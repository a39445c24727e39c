package org.hongyan.server.smtp;

import java.net.Inet6Address;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.smtp.SmtpServerHandler.Delivery;
import org.hongyan.mail.smtp.SmtpServerHandler.Peer;
import org.jspecify.annotations.Nullable;

/** The trace of one hop (RFC 5321 §4.4), with the protocol's name of RFC 3848 and RFC 6531. */
final class ReceivedField {

    /** What a name must look like to stand outside of a comment; anything else was said to mislead. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ReceivedField() {}

    /** The value, folded; starts with a space. */
    static String of(Delivery delivery, String hostName, Instant now) {
        Peer peer = delivery.peer();
        StringBuilder text = new StringBuilder(200);
        text.append(" from ")
                .append(host(peer.helloName()))
                .append(" (")
                .append(literal(peer))
                .append(")\r\n\tby ");
        text.append(hostName).append(" with ").append(protocol(delivery));
        if (delivery.recipients().size() == 1) {
            // With several it would tell each of the others.
            EmailAddress only = delivery.recipients().getFirst();
            if (!only.needsSmtpUtf8()) {
                text.append("\r\n\tfor <").append(only).append('>');
            }
        }
        return text.append(";\r\n\t").append(DATE.format(now)).toString();
    }

    private static String host(@Nullable String said) {
        return said != null && HOST.matcher(said).matches() ? said : "unknown";
    }

    private static String literal(Peer peer) {
        String address = peer.address().getHostAddress();
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        return peer.address() instanceof Inet6Address ? "[IPv6:" + bare + "]" : "[" + bare + "]";
    }

    private static String protocol(Delivery delivery) {
        String base = delivery.parameters().smtpUtf8() ? "UTF8SMTP" : "ESMTP";
        return base
                + (delivery.peer().encrypted() ? "S" : "")
                + (delivery.peer().identity() != null ? "A" : "");
    }
}
