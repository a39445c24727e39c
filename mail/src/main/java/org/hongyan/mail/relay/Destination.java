package org.hongyan.mail.relay;

import java.util.List;
import org.hongyan.mail.shaping.Provider;
import org.hongyan.mail.smtp.TlsPolicy;

/**
 * Where mail of one domain goes: the hosts in the order to try them.
 *
 * @param provider whom they belong to
 * @param routed whether the operator chose the host, so that the guard does not apply
 */
record Destination(Provider provider, List<Target> targets, boolean routed) {

    /**
     * One host.
     *
     * @param host name, or an IP address for routes
     * @param preference of its MX record
     */
    record Target(String host, int port, int preference, TlsPolicy tls) {}
}
