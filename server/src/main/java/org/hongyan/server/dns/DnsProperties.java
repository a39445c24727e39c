package org.hongyan.server.dns;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.hongyan.mail.dns.DnsSettings;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Whom the service asks, and for how long it waits. */
@Validated
@ConfigurationProperties("hongyan.dns")
record DnsProperties(
        @Meaning(
                "DNS servers that are asked, as address or address:port, in order. Empty: those of the operating system.")
        @DefaultValue({})
        List<String> servers,

        @Meaning("How long one server may take for one answer.") @DefaultValue("3s")
        Duration timeout,

        @Meaning("Rounds over all servers before a question counts as unanswered.") @DefaultValue("2") @Min(1) @Max(10)
        int attempts,

        @Meaning("The most answers that are kept in memory; 0 keeps none.") @DefaultValue("50000") @Min(0)
        int cacheEntries,

        @Meaning("Answers are kept for their own time to live, yet never longer than this.") @DefaultValue("1d")
        Duration longestTtl,

        @Meaning("How long it is remembered that a server gave no answer.") @DefaultValue("5s")
        Duration failureTtl,

        @Meaning("Whose word is taken for a secure answer: off, trust-server or validate.") @DefaultValue("off")
        DnsSettings.Dnssec dnssec,

        @Meaning("The port at which authoritative name servers are asked; 53 outside of sandboxes.")
        @DefaultValue("53")
        @Min(1)
        @Max(65535)
        int authoritativePort) {

    private static final int DNS_PORT = 53;

    DnsProperties {
        servers = List.copyOf(servers);
    }

    DnsSettings settings() {
        return new DnsSettings(
                servers.stream().map(DnsProperties::addressOf).toList(),
                timeout,
                attempts,
                cacheEntries,
                longestTtl,
                failureTtl,
                dnssec);
    }

    /** Reads {@code 192.0.2.1}, {@code 192.0.2.1:5354}, {@code 2001:db8::1} or {@code [2001:db8::1]:5354}. */
    static InetSocketAddress addressOf(String text) {
        String given = text.strip().toLowerCase(Locale.ROOT);
        int lastColon = given.lastIndexOf(':');
        boolean bracketed = given.startsWith("[");
        boolean hasPort = bracketed ? given.contains("]:") : lastColon >= 0 && given.indexOf(':') == lastColon;
        String host = hasPort ? given.substring(0, lastColon) : given;
        if (bracketed) {
            host = host.substring(1, host.length() - (host.endsWith("]") ? 1 : 0));
        }
        try {
            int port = hasPort ? Integer.parseInt(given.substring(lastColon + 1)) : DNS_PORT;
            return new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "hongyan.dns.servers: '" + text + "' is not an IP address with an optional port", malformed);
        }
    }
}
