package org.hongyan.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from a program on this very machine that means us. The sandbox has no credentials, so two
 * things of browsers must be kept off: pages of other sites that post to us, and names that an attacker's DNS points at
 * 127.0.0.1.
 */
final class LoopbackOnly {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private LoopbackOnly() {}

    static boolean admits(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && NAMES.contains(request.getServerName().toLowerCase(Locale.ROOT))
                && isOwn(request.getHeader("Origin"), request)
                && isOwnSite(request.getHeader("Sec-Fetch-Site"));
    }

    private static boolean isLoopback(String address) {
        try {
            // An address literal: no name is looked up.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isOwn(@Nullable String origin, HttpServletRequest request) {
        if (origin == null) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            return uri.getHost() != null
                    && NAMES.contains(uri.getHost().toLowerCase(Locale.ROOT))
                    && port(uri) == request.getServerPort();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI origin) {
        if (origin.getPort() >= 0) {
            return origin.getPort();
        }
        return "https".equals(origin.getScheme()) ? 443 : 80;
    }

    private static boolean isOwnSite(@Nullable String site) {
        return site == null || site.equals("same-origin") || site.equals("none");
    }
}
