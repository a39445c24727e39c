package org.hongyan.mail.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How the DNS is asked.
 *
 * @param servers recursive servers, asked in this order; empty for those of the operating system
 * @param timeout how long one server may take for one answer
 * @param attempts rounds over all servers before a question counts as unanswered; at least 1
 * @param cacheEntries most answers kept; 0 keeps none
 * @param longestTtl answers are kept for their TTL, yet never longer than this
 * @param failureTtl how long a failure to get an answer is remembered (RFC 2308 §7), so that a dead server is not
 *     asked once a mail
 * @param dnssec whose word is taken for {@link DnsAnswer.Found#secure}
 */
public record DnsSettings(
        List<InetSocketAddress> servers,
        Duration timeout,
        int attempts,
        int cacheEntries,
        Duration longestTtl,
        Duration failureTtl,
        Dnssec dnssec) {

    /** Who decides that an answer is authentic. */
    public enum Dnssec {
        /** Nobody: no answer counts as secure. */
        OFF,
        /** The AD flag of the servers is believed. Only right for a server on this host or behind a safe line. */
        TRUST_SERVER,
        /** This process validates from the root's trust anchor down; a forged answer becomes {@code Unavailable}. */
        VALIDATE
    }

    /** @throws IllegalArgumentException when a number or duration is out of its range */
    public DnsSettings {
        servers = List.copyOf(servers);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the DNS time-out is positive");
        }
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("DNS attempts are 1 to 10");
        }
        if (cacheEntries < 0 || longestTtl.isNegative() || failureTtl.isNegative()) {
            throw new IllegalArgumentException("cache size and life times are not negative");
        }
    }

    /** The servers of the operating system, 3 s, two rounds, 50,000 answers kept for a day at most, no DNSSEC. */
    public static DnsSettings system() {
        return asking(List.of());
    }

    /** The defaults with these servers. */
    public static DnsSettings asking(List<InetSocketAddress> servers) {
        return new DnsSettings(
                servers, Duration.ofSeconds(3), 2, 50_000, Duration.ofDays(1), Duration.ofSeconds(5), Dnssec.OFF);
    }

    /** The same with another time-out and number of rounds. */
    public DnsSettings within(Duration otherTimeout, int otherAttempts) {
        return new DnsSettings(servers, otherTimeout, otherAttempts, cacheEntries, longestTtl, failureTtl, dnssec);
    }

    /** The same with another source of trust. */
    public DnsSettings trusting(Dnssec other) {
        return new DnsSettings(servers, timeout, attempts, cacheEntries, longestTtl, failureTtl, other);
    }

    /** The same, but nothing is remembered. */
    public DnsSettings withoutCache() {
        return new DnsSettings(servers, timeout, attempts, 0, longestTtl, failureTtl, dnssec);
    }
}
