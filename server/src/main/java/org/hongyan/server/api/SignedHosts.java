package org.hongyan.server.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The host names that a client may have signed: the Host header, the same without its port (Node's SDK signs that), and
 * the public names that a reverse proxy offers.
 */
final class SignedHosts {

    private final List<String> publicHosts;

    SignedHosts(List<String> publicHosts) {
        this.publicHosts = List.copyOf(publicHosts);
    }

    List<String> candidates(String hostHeader) {
        Set<String> hosts = new LinkedHashSet<>();
        String host = hostHeader.strip();
        hosts.add(host);
        hosts.add(host.toLowerCase(Locale.ROOT));
        int colon = host.lastIndexOf(':');
        if (colon > 0 && host.indexOf(']', colon) < 0) {
            hosts.add(host.substring(0, colon));
            hosts.add(host.substring(0, colon).toLowerCase(Locale.ROOT));
        }
        hosts.addAll(publicHosts);
        return new ArrayList<>(hosts);
    }
}
