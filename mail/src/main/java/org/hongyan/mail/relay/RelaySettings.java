package org.hongyan.mail.relay;

import java.time.Duration;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.smtp.SmtpTimeouts;
import org.hongyan.mail.smtp.TlsPolicy;

/**
 * How the relay behaves. Start from {@link #of} and change what differs.
 *
 * @param sources used when the caller names no pool
 * @param remotePort port of MX hosts; 25 outside of tests and sandboxes
 * @param routes ways other than MX
 * @param guard which addresses may be spoken to
 * @param tls policy where neither MTA-STS nor DANE asks for more
 * @param timeouts per step
 * @param limits bounds of attempts and of the connection cache
 */
public record RelaySettings(
        SourcePool sources,
        int remotePort,
        RelayRoutes routes,
        AddressGuard guard,
        TlsPolicy tls,
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

    /** The defaults: any source address, port 25, MX routes, public addresses only, opportunistic TLS. */
    public static RelaySettings of(DomainName heloName) {
        return new RelaySettings(
                SourcePool.anyAddress(heloName),
                25,
                RelayRoutes.none(),
                AddressGuard.publicOnly(),
                new TlsPolicy.Opportunistic(),
                SmtpTimeouts.standard(),
                Bounds.standard());
    }

    /** The same with another default pool. */
    public RelaySettings from(SourcePool pool) {
        return new RelaySettings(pool, remotePort, routes, guard, tls, timeouts, limits);
    }

    /** The same with another remote port. */
    public RelaySettings toPort(int port) {
        return new RelaySettings(sources, port, routes, guard, tls, timeouts, limits);
    }

    /** The same with other routes. */
    public RelaySettings by(RelayRoutes otherRoutes) {
        return new RelaySettings(sources, remotePort, otherRoutes, guard, tls, timeouts, limits);
    }

    /** The same with another guard. */
    public RelaySettings guardedBy(AddressGuard otherGuard) {
        return new RelaySettings(sources, remotePort, routes, otherGuard, tls, timeouts, limits);
    }

    /** The same with another TLS policy. */
    public RelaySettings with(TlsPolicy policy) {
        return new RelaySettings(sources, remotePort, routes, guard, policy, timeouts, limits);
    }

    /** The same with other time-outs. */
    public RelaySettings with(SmtpTimeouts otherTimeouts) {
        return new RelaySettings(sources, remotePort, routes, guard, tls, otherTimeouts, limits);
    }

    /** The same with other bounds. */
    public RelaySettings with(Bounds otherLimits) {
        return new RelaySettings(sources, remotePort, routes, guard, tls, timeouts, otherLimits);
    }
}
