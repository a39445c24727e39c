/**
 * Handing mail to the hosts of its destination: route, pace, connection reuse, TLS policy (opportunistic, MTA-STS,
 * DANE), and the one place that judges failures. Returns one outcome per recipient and never throws for a mail reason.
 * It knows neither queue nor retry: what is deferred is its caller's business.
 *
 * <h2>How a delivery loop uses it</h2>
 *
 * <pre>{@code
 * switch (relay.depart(domain, pool)) {                       // may ask the DNS, never waits for pace
 *     case Departure.Now(Turn turn) -> {
 *         try (turn) {
 *             relay.deliver(turn, mailsOf(domain));           // pulls mails until none is left or the pace says stop
 *         }
 *     }
 *     case Departure.Later later -> parkUntil(domain, later.when());   // no thread waits
 *     case Departure.Decided decided -> settleAll(domain, decided.outcome());
 * }
 * }</pre>
 *
 * <p>The thread that calls {@code deliver} holds one connection. The relay pulls the next mail just before it writes
 * the content of the present one, so that content and the next commands leave in one write, and asks for the next
 * content, which is then rendered and signed, while the host works. Several threads may deliver to one domain at once;
 * the pacer bounds how many.
 *
 * <h2>Content</h2>
 *
 * <p>Lines end in CRLF, and no CR, LF or NUL stands alone: such content bounces as 5.6.0 rather than leave. A host
 * without 8BITMIME is given what {@link org.hongyan.mail.relay.OutgoingMail#message} makes of it when told so; 8-bit
 * content that comes all the same bounces as 5.6.3.
 */
@NullMarked
package org.hongyan.mail.relay;

import org.jspecify.annotations.NullMarked;
