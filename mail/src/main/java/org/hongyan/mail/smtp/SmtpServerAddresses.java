package org.hongyan.mail.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** Counts connections by client network: one IPv4 address, or one IPv6 /64, which is what a single customer gets. Thread-safe. */
final class SmtpServerAddresses {

    private final ConcurrentHashMap<InetAddress, Integer> counts = new ConcurrentHashMap<>();
    private final int most;

    SmtpServerAddresses(int most) {
        this.most = most;
    }

    /** Whether one more connection of this network is allowed; it counts until {@link #give} then. */
    boolean take(InetAddress address) {
        InetAddress network = network(address);
        if (counts.merge(network, 1, Integer::sum) <= most) {
            return true;
        }
        give(address);
        return false;
    }

    void give(InetAddress address) {
        counts.computeIfPresent(network(address), (network, count) -> count == 1 ? null : count - 1);
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] octets = address.getAddress();
        Arrays.fill(octets, 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("sixteen octets are an address", impossible);
        }
    }
}
