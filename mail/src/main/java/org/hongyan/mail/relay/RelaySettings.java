package org.hongyan.mail.relay;

import java.security.KeyStore;
import java.time.Duration;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.smtp.SmtpTimeouts;
import org.hongyan.mail.smtp.TlsPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How the relay behaves. Start from {@link #of} and change what differs.
 *
 * @param sources used when the caller names no pool
 * @param remotePort port of MX hosts; 25 outside of tests and sandboxes
 * @param routes ways other than MX
 * @param guard which addresses may be spoken to
 * @param tls policy where neither MTA-STS nor DANE asks for more
 * @param lookups where more than {@code tls} may be asked for
 * @param timeouts per step
 * @param limits bounds of attempts and of the connection cache
 */
public record RelaySettings(
        SourcePool sources,
        int remotePort,
        RelayRoutes routes,
        AddressGuard guard,
        TlsPolicy tls,
        TlsLookups lookups,
        SmtpTimeouts timeouts,
        Bounds limits) {

    /** @throws IllegalArgumentException when the port is out of range */
    public RelaySettings {
        if (remotePort < 1 || remotePort > 65535) {
            throw new IllegalArgumentException("the remote port is 1 to 65535");
        }
    }

    /**
     * Bounds of one attempt and of the connection cache.
     *
     * @param addressesPerAttempt most addresses tried; at least 2 hosts are among them when there are 2
     * @param idleTime how long an unused connection is kept
     * @param idleConnections most unused connections kept in all
     * @param idlePerDestination most unused connections kept for one host
     */
    public record Bounds(int addressesPerAttempt, Duration idleTime, int idleConnections, int idlePerDestination) {
        /** @throws IllegalArgumentException when a number is out of its range */
        public Bounds {
            if (addressesPerAttempt < 1 || idleConnections < 0 || idlePerDestination < 0 || idleTime.isNegative()) {
                throw new IllegalArgumentException("bounds of the relay are not negative");
            }
        }

        /** 5 addresses; 30 s, 2,000 idle connections, 50 for one host. */
        public static Bounds standard() {
            return new Bounds(5, Duration.ofSeconds(30), 2_000, 50);
        }
    }

    /**
     * What recipient domains may say about TLS.
     *
     * @param mtaSts whether MTA-STS policies (RFC 8461) are looked up and enforced
     * @param dane whether TLSA records (RFC 7672) are looked up and enforced; only answers that the resolver calls
     *     secure count
     * @param httpsPort port of MTA-STS policy hosts; 443 outside of tests
     * @param authorities certificates trusted for MTA-STS and {@link TlsPolicy.Verified}; null for those of the JDK
     */
    public record TlsLookups(
            boolean mtaSts,
            boolean dane,
            int httpsPort,
            @Nullable KeyStore authorities) {

        /** Both, as the RFCs have it. */
        public static TlsLookups standard() {
            return new TlsLookups(true, true, 443, null);
        }

        /** Neither. */
        public static TlsLookups none() {
            return new TlsLookups(false, false, 443, null);
        }
    }

    /** The defaults: any source address, port 25, MX routes, public addresses only, opportunistic TLS. */
    public static RelaySettings of(DomainName heloName) {
        return new RelaySettings(
                SourcePool.anyAddress(heloName),
                25,
                RelayRoutes.none(),
                AddressGuard.publicOnly(),
                new TlsPolicy.Opportunistic(),
                TlsLookups.standard(),
                SmtpTimeouts.standard(),
                Bounds.standard());
    }

    /** The same with another default pool. */
    public RelaySettings from(SourcePool pool) {
        return new RelaySettings(pool, remotePort, routes, guard, tls, lookups, timeouts, limits);
    }

    /** The same with another remote port. */
    public RelaySettings toPort(int port) {
        return new RelaySettings(sources, port, routes, guard, tls, lookups, timeouts, limits);
    }

    /** The same with other routes. */
    public RelaySettings by(RelayRoutes otherRoutes) {
        return new RelaySettings(sources, remotePort, otherRoutes, guard, tls, lookups, timeouts, limits);
    }

    /** The same with another guard. */
    public RelaySettings guardedBy(AddressGuard otherGuard) {
        return new RelaySettings(sources, remotePort, routes, otherGuard, tls, lookups, timeouts, limits);
    }

    /** The same with another TLS policy. */
    public RelaySettings with(TlsPolicy policy) {
        return new RelaySettings(sources, remotePort, routes, guard, policy, lookups, timeouts, limits);
    }

    /** The same with other look-ups. */
    public RelaySettings with(TlsLookups otherLookups) {
        return new RelaySettings(sources, remotePort, routes, guard, tls, otherLookups, timeouts, limits);
    }

    /** The same with other time-outs. */
    public RelaySettings with(SmtpTimeouts otherTimeouts) {
        return new RelaySettings(sources, remotePort, routes, guard, tls, lookups, otherTimeouts, limits);
    }

    /** The same with other bounds. */
    public RelaySettings with(Bounds otherLimits) {
        return new RelaySettings(sources, remotePort, routes, guard, tls, lookups, timeouts, otherLimits);
    }
}
