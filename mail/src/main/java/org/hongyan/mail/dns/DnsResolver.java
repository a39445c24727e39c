package org.hongyan.mail.dns;

import java.net.InetAddress;
import org.hongyan.mail.address.DomainName;

/**
 * Asks the DNS. Implementations are thread-safe, bounded in time, follow CNAME chains of at most 8, join the strings of
 * a TXT record, and never throw for what the DNS answered.
 */
public interface DnsResolver {

    /**
     * One MX record.
     *
     * @param preference lower is tried first
     * @param exchange the host; null for the null MX of RFC 7505
     */
    record Mx(
            int preference,
            @org.jspecify.annotations.Nullable DomainName exchange) {}

    /**
     * One TLSA record (RFC 6698 §2.1).
     *
     * @param usage 0 to 3
     * @param selector 0 the whole certificate, 1 its public key
     * @param matchingType 0 exact, 1 SHA-256, 2 SHA-512
     * @param data certificate association data; not to be changed
     */
    record Tlsa(int usage, int selector, int matchingType, byte[] data) {
        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
            return other instanceof Tlsa(int otherUsage, int otherSelector, int otherMatchingType, byte[] otherData)
                    && usage == otherUsage
                    && selector == otherSelector
                    && matchingType == otherMatchingType
                    && java.util.Arrays.equals(data, otherData);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(data);
        }
    }

    /** MX records of {@code name}, unsorted. */
    DnsAnswer<Mx> mx(DomainName name);

    /** Texts of the TXT records of {@code name}, each with its strings joined. */
    DnsAnswer<String> txt(DomainName name);

    /** IPv4 and IPv6 addresses of {@code name}, IPv4 first. */
    DnsAnswer<InetAddress> addresses(DomainName name);

    /** Target of a CNAME record at {@code name} itself, not followed. */
    DnsAnswer<DomainName> cname(DomainName name);

    /** Name servers of the zone whose apex is {@code name}. */
    DnsAnswer<DomainName> ns(DomainName name);

    /** Names that {@code address} points back to. */
    DnsAnswer<DomainName> ptr(InetAddress address);

    /** TLSA records of the TCP {@code port} of {@code host}. Only worth something when {@code secure}. */
    DnsAnswer<Tlsa> tlsa(DomainName host, int port);
}
