package org.hongyan.mail.relay;

import java.time.InstantSource;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.shaping.Pacer;
import org.hongyan.mail.shaping.ShapingRules;
import org.hongyan.mail.smtp.Envelope;

/**
 * Hands mails to the hosts of their destination (RFC 5321 §5): route or MX look-up, pace, connection reuse, TLS, the
 * conversation, and the judgement of what failed.
 *
 * <p>Two ways in. A delivery loop calls {@link #depart} for a domain, which never waits for pace, and on
 * {@link Departure.Now} calls {@link #deliver} with as many mails as it has for that domain. A caller with one mail and
 * a thread to spare calls {@link #attempt}, which waits for its turn.
 *
 * <p>Thread-safe; made for hundreds of virtual threads. Never throws for a mail reason.
 */
public final class Relay implements AutoCloseable {

    /** A relay with the shaping rules that come with the engine. */
    public Relay(RelaySettings settings, DnsResolver dns, InstantSource clock) {
        this(settings, dns, new Pacer(ShapingRules.defaults(), clock), (host, reply) -> false);
    }

    /** A relay with a pacer and a judge of rejections of its caller. */
    public Relay(RelaySettings settings, DnsResolver dns, Pacer pacer, PassingRejections rejections) {}

    /** As {@link #depart(DomainName, SourcePool)} with the pool of the settings. */
    public Departure depart(DomainName recipientDomain) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks whether mail for a domain may leave now. Blocks for the DNS at most, never for pace.
     *
     * @param pool sources that the mail may leave from
     */
    public Departure depart(DomainName recipientDomain, SourcePool pool) {
        throw new UnsupportedOperationException();
    }

    /**
     * Hands over mails one after another until {@code mails} has no more, the pace does not allow another, or the
     * destination cannot be reached. Every mail that was pulled is settled when this returns.
     *
     * @throws RuntimeException only what {@code mails} itself threw; the connection is closed then, and mails pulled
     *     and not settled were not delivered
     */
    public void deliver(Turn turn, MailSource mails) {
        throw new UnsupportedOperationException();
    }

    /**
     * One attempt for one mail, after waiting for its turn.
     *
     * @param envelope all its recipients share one domain
     * @return one outcome for each recipient, in the order of the envelope
     */
    public List<DeliveryOutcome> attempt(Envelope envelope, Message message) {
        throw new UnsupportedOperationException();
    }

    /** Says good-bye on idle connections and stops. Deliveries under way end by themselves. */
    @Override
    public void close() {}
}
