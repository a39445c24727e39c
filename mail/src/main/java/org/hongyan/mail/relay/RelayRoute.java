package org.hongyan.mail.relay;

import org.hongyan.mail.address.DomainName;

/** The way to a recipient domain. */
public sealed interface RelayRoute {

    /** By the MX records of the domain; the default. */
    record Mx() implements RelayRoute {}

    /**
     * Always by one host, without an MX look-up. The operator chose it, so the address guard does not apply.
     *
     * @param host name or IP address
     * @param port 1 to 65535
     */
    record Smarthost(String host, int port) implements RelayRoute {
        /** @throws IllegalArgumentException when the host is empty or the port out of range */
        public Smarthost {
            if (host.isEmpty() || port < 1 || port > 65535) {
                throw new IllegalArgumentException("a route has a host and a port from 1 to 65535");
            }
        }
    }

    /**
     * Reads {@code mx} or {@code host:port}, with an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static RelayRoute parse(String text) {
        if (text.equals("mx")) {
            return new Mx();
        }
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("a route is mx or host:port, not " + text);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (!host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')) {
            host = DomainName.parse(host).ascii();
        }
        try {
            return new Smarthost(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("the port of the route " + text + " is not a number", notANumber);
        }
    }
}
