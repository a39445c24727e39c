package org.hongyan.mail.relay;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Keeps mail from being steered at hosts that are not on the public internet: an MX record is a stranger's text, and
 * one that says 127.0.0.1 or 169.254.169.254 would make the relay speak to its own side.
 *
 * <p>Immutable and thread-safe.
 */
public final class AddressGuard {

    /** What the guard says about an address. */
    public sealed interface Verdict {
        /** It may be spoken to. */
        record Allowed() implements Verdict {}

        /** It is this host itself: mail would loop. */
        record Ourselves() implements Verdict {}

        /** @param range the range of special use that holds it, for people */
        record Refused(String range) implements Verdict {}
    }

    private record Range(byte[] prefix, int bits, String name) {
        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || (address[whole] ^ prefix[whole]) >> 8 - rest == 0;
        }
    }

    /** Special-purpose registries of IANA (RFC 6890), multicast included. */
    private static final List<Range> SPECIAL = ranges(List.of(
            "0.0.0.0/8 this network",
            "10.0.0.0/8 private",
            "100.64.0.0/10 shared",
            "127.0.0.0/8 loopback",
            "169.254.0.0/16 link-local",
            "172.16.0.0/12 private",
            "192.0.0.0/24 protocol assignments",
            "192.0.2.0/24 documentation",
            "192.88.99.0/24 6to4 relay",
            "192.168.0.0/16 private",
            "198.18.0.0/15 benchmarking",
            "198.51.100.0/24 documentation",
            "203.0.113.0/24 documentation",
            "224.0.0.0/4 multicast",
            "240.0.0.0/4 reserved",
            "::/96 unspecified, loopback and v4-compatible",
            "::ffff:0:0/96 v4-mapped",
            "64:ff9b::/96 NAT64",
            "64:ff9b:1::/48 NAT64",
            "100::/64 discard",
            "2001::/23 protocol assignments",
            "2001:db8::/32 documentation",
            "2002::/16 6to4",
            "3fff::/20 documentation",
            "fc00::/7 unique local",
            "fe80::/10 link-local",
            "fec0::/10 site-local",
            "ff00::/8 multicast"));

    private final List<Range> allowed;
    private final Set<InetAddress> own;

    private AddressGuard(List<Range> allowed, Set<InetAddress> own) {
        this.allowed = allowed;
        this.own = own;
    }

    /** Public addresses only. */
    public static AddressGuard publicOnly() {
        return new AddressGuard(List.of(), Set.of());
    }

    /**
     * Public addresses and those inside {@code networks}.
     *
     * @param networks in CIDR form, such as {@code 127.0.0.0/8}
     * @throws IllegalArgumentException when one is not a network
     */
    public static AddressGuard allowing(List<String> networks) {
        return new AddressGuard(ranges(networks), Set.of());
    }

    /** The same, which also knows the public addresses at which this host receives mail itself. */
    public AddressGuard knowingOwn(Set<InetAddress> addresses) {
        return new AddressGuard(allowed, Set.copyOf(addresses));
    }

    /** Judges one address that an MX host resolved to. The allow list wins over everything. */
    public Verdict judge(InetAddress address) {
        byte[] octets = address.getAddress();
        if (allowed.stream().anyMatch(range -> range.holds(octets))) {
            return new Verdict.Allowed();
        }
        if (own.contains(address) || isThisHost(octets)) {
            return new Verdict.Ourselves();
        }
        return SPECIAL.stream()
                .filter(range -> range.holds(octets))
                .findFirst()
                .<Verdict>map(range -> new Verdict.Refused(range.name()))
                .orElseGet(Verdict.Allowed::new);
    }

    private static boolean isThisHost(byte[] octets) {
        boolean ipv4 = octets.length == 4;
        if (ipv4) {
            return octets[0] == 127 || octets[0] == 0;
        }
        for (int i = 0; i < 15; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return octets[15] == 0 || octets[15] == 1;
    }

    private static List<Range> ranges(List<String> texts) {
        List<Range> ranges = new ArrayList<>();
        for (String text : texts) {
            ranges.add(range(text.strip()));
        }
        return List.copyOf(ranges);
    }

    private static Range range(String text) {
        int space = text.indexOf(' ');
        String network = space < 0 ? text : text.substring(0, space);
        int slash = network.indexOf('/');
        try {
            String host = slash < 0 ? network : network.substring(0, slash);
            byte[] prefix = literal(host);
            int bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(network.substring(slash + 1));
            if (bits < 0 || bits > prefix.length * 8) {
                throw new IllegalArgumentException(network + " has a prefix length out of range");
            }
            return new Range(prefix, bits, text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(network + " is not a network in CIDR form", notANumber);
        }
    }

    private static byte[] literal(String host) {
        if (host.equals("::ffff:0:0")) {
            // The JDK turns this very text into an IPv4 address.
            byte[] mapped = new byte[16];
            mapped[10] = (byte) 0xff;
            mapped[11] = (byte) 0xff;
            return mapped;
        }
        if (host.isEmpty()
                || !host.chars().allMatch(c -> c == '.' || c == ':' || Character.digit(c, 16) >= 0)
                || host.indexOf(':') < 0 && host.indexOf('.') < 0) {
            throw new IllegalArgumentException(host + " is not an IP address");
        }
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return switch (address) {
                case Inet4Address ipv4 -> ipv4.getAddress();
                case Inet6Address ipv6 -> ipv6.getAddress();
                default -> throw new UnknownHostException(host);
            };
        } catch (UnknownHostException | IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(host + " is not an IP address", notAnAddress);
        }
    }
}
