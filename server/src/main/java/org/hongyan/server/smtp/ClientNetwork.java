package org.hongyan.server.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A network of clients in CIDR form, such as {@code 192.0.2.0/24}; a bare address is a network of one.
 *
 * @param prefix 4 or 16 octets
 */
record ClientNetwork(byte[] prefix, int bits) {

    /** @throws IllegalArgumentException when the text is no network */
    static ClientNetwork parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean numeric = !address.isEmpty()
                && address.chars().allMatch(c -> c == '.' || c == ':' || Character.digit(c, 16) >= 0)
                && (address.indexOf(':') >= 0
                        || address.chars().filter(c -> c == '.').count() == 3);
        try {
            if (!numeric) {
                throw new IllegalArgumentException("not a network in the form 192.0.2.0/24: " + text);
            }
            byte[] octets = InetAddress.getByName(address).getAddress();
            int bits = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > octets.length * 8) {
                throw new IllegalArgumentException("the length of the network is out of range: " + text);
            }
            return new ClientNetwork(octets, bits);
        } catch (UnknownHostException | NumberFormatException malformed) {
            throw new IllegalArgumentException("not a network in the form 192.0.2.0/24: " + text, malformed);
        }
    }

    /** The network that one customer has as a rule: an IPv4 address, or an IPv6 /64. */
    static ClientNetwork of(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length == 4) {
            return new ClientNetwork(octets, 32);
        }
        Arrays.fill(octets, 8, 16, (byte) 0);
        return new ClientNetwork(octets, 64);
    }

    boolean holds(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(octets, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (octets[whole] & 0xFF ^ prefix[whole] & 0xFF) >> 8 - rest == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientNetwork(byte[] otherPrefix, int otherBits)
                && bits == otherBits
                && Arrays.equals(prefix, otherPrefix);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prefix) * 31 + bits;
    }
}
