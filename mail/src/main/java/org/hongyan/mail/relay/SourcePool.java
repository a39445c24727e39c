package org.hongyan.mail.relay;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The source addresses that a mail may leave from. Limits of providers hold for each source, so the relay takes
 * whichever may speak first.
 *
 * @param name for logs and settings
 * @param sources at least one
 */
public record SourcePool(String name, List<Source> sources) {

    /** @throws IllegalArgumentException when there is no source */
    public SourcePool {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a pool has at least one source");
        }
        sources = List.copyOf(sources);
    }

    /** A pool of one source that leaves the choice of address to the operating system. */
    public static SourcePool anyAddress(DomainName heloName) {
        return new SourcePool("default", List.of(new Source("default", heloName, null, null)));
    }

    /**
     * One source.
     *
     * @param name key of pacing; unique among all pools
     * @param heloName said in EHLO; its address should point back to it
     * @param ipv4 local address for IPv4 targets; null lets the operating system choose
     * @param ipv6 local address for IPv6 targets; null lets the operating system choose. A source with only one of the
     *     two set speaks only that family
     */
    public record Source(
            String name,
            DomainName heloName,
            @Nullable Inet4Address ipv4,
            @Nullable Inet6Address ipv6) {

        boolean speaks(InetAddress target) {
            return ipv4 == null && ipv6 == null || localAddressFor(target) != null;
        }

        /** Address to leave from; null lets the operating system choose. */
        @Nullable
        InetAddress localAddressFor(InetAddress target) {
            return target instanceof Inet4Address ? ipv4 : ipv6;
        }
    }
}
