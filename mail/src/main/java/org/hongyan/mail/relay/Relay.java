package org.hongyan.mail.relay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.relay.DeliveryOutcome.Attempt;
import org.hongyan.mail.shaping.Admission;
import org.hongyan.mail.shaping.Lane;
import org.hongyan.mail.shaping.Pacer;
import org.hongyan.mail.shaping.Permit;
import org.hongyan.mail.shaping.ShapingRules;
import org.hongyan.mail.smtp.EnhancedStatus;
import org.hongyan.mail.smtp.Envelope;
import org.hongyan.mail.smtp.SmtpClient;

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

    private static final EnhancedStatus SYSTEM_STOPPING = new EnhancedStatus(4, 3, 2);

    private final RelaySettings settings;
    private final Pacer pacer;
    private final Directory directory;
    private final Connector.Equipment equipment;
    private final AtomicInteger rotation = new AtomicInteger();

    /** A relay with the shaping rules that come with the engine. */
    public Relay(RelaySettings settings, DnsResolver dns, InstantSource clock) {
        this(settings, dns, new Pacer(ShapingRules.defaults(), clock), (host, reply) -> false, clock);
    }

    /** A relay with a pacer and a judge of rejections of its caller. */
    public Relay(
            RelaySettings settings, DnsResolver dns, Pacer pacer, PassingRejections rejections, InstantSource clock) {
        FailureRules rules = new FailureRules(rejections);
        this.settings = settings;
        this.pacer = pacer;
        RelaySettings.TlsLookups lookups = settings.lookups();
        StsPolicyFile policyFile = new StsPolicyFile(dns, settings.guard(), lookups.httpsPort(), lookups.authorities());
        this.directory = new Directory(settings, dns, new MtaSts(dns, policyFile, clock), pacer.rules(), rules);
        this.equipment = new Connector.Equipment(
                settings,
                dns,
                new SmtpClient(settings.timeouts(), lookups.authorities()),
                new ConnectionCache(settings.limits()),
                rules,
                new HostHabits(clock));
    }

    /** As {@link #depart(DomainName, SourcePool)} with the pool of the settings. */
    public Departure depart(DomainName recipientDomain) {
        return depart(recipientDomain, settings.sources());
    }

    /**
     * Asks whether mail for a domain may leave now. Blocks for the DNS at most, never for pace.
     *
     * @param pool sources that the mail may leave from
     */
    public Departure depart(DomainName recipientDomain, SourcePool pool) {
        return switch (directory.find(recipientDomain)) {
            case Directory.Entry.Undeliverable(DeliveryOutcome outcome) -> new Departure.Decided(outcome);
            case Directory.Entry.Reachable(Destination destination) -> depart(destination, pool);
        };
    }

    /**
     * Hands over mails one after another until {@code mails} has no more, the pace does not allow another, or the
     * destination cannot be reached. Every mail that was pulled is settled when this returns.
     *
     * @throws RuntimeException only what {@code mails} or its mails threw; the connection is closed then, and mails
     *     pulled and not settled were not delivered
     */
    public void deliver(Turn turn, MailSource mails) {
        Connector connector = new Connector(equipment, turn.destination(), turn.from());
        new Handover(connector, equipment.rules(), equipment.habits(), turn.permit(), mails).run();
    }

    /**
     * One attempt for one mail, after waiting for its turn.
     *
     * @param envelope all its recipients share one domain
     * @return one outcome for each recipient, in the order of the envelope
     */
    public List<DeliveryOutcome> attempt(Envelope envelope, Message message) {
        DomainName domain = envelope.recipients().getFirst().domain();
        return switch (directory.find(domain)) {
            case Directory.Entry.Undeliverable(DeliveryOutcome outcome) -> forAll(envelope, outcome);
            case Directory.Entry.Reachable(Destination destination) -> attempt(destination, envelope, message);
        };
    }

    /** Connections open now, idle ones included; for metrics. */
    public int openConnections() {
        return equipment.client().openConnections();
    }

    /** Connections that wait for their next mail; for metrics. */
    public int idleConnections() {
        return equipment.cache().size();
    }

    /** Says good-bye on idle connections and stops. Deliveries under way end by themselves. */
    @Override
    public void close() {
        equipment.cache().close();
        equipment.client().close();
    }

    private Departure depart(Destination destination, SourcePool pool) {
        List<SourcePool.Source> sources = pool.sources();
        int start = Math.floorMod(rotation.getAndIncrement(), sources.size());
        Admission.NotBefore earliest = null;
        for (int i = 0; i < sources.size(); i++) {
            SourcePool.Source source = sources.get((start + i) % sources.size());
            switch (pacer.tryAcquire(new Lane(destination.provider(), source.name()))) {
                case Admission.Granted(Permit permit) -> {
                    return new Departure.Now(new Turn(destination, source, permit));
                }
                case Admission.NotBefore later -> {
                    if (earliest == null || later.when().isBefore(earliest.when())) {
                        earliest = later;
                    }
                }
            }
        }
        if (earliest == null) {
            throw new IllegalStateException("a pool has at least one source");
        }
        Instant when = earliest.when();
        return new Departure.Later(when, destination.provider(), earliest.reason());
    }

    private List<DeliveryOutcome> attempt(Destination destination, Envelope envelope, Message message) {
        List<SourcePool.Source> sources = settings.sources().sources();
        SourcePool.Source source = sources.get(Math.floorMod(rotation.getAndIncrement(), sources.size()));
        Permit permit;
        try {
            permit = pacer.acquire(new Lane(destination.provider(), source.name()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            Attempt attempt = new Attempt(null, null, null, "the attempt was interrupted", false);
            return forAll(envelope, new DeliveryOutcome.Deferred(SYSTEM_STOPPING, attempt));
        }
        try (Turn turn = new Turn(destination, source, permit)) {
            OneMail mail = new OneMail(OutgoingMail.of(envelope, message));
            deliver(turn, mail);
            return mail.outcomes;
        }
    }

    private static List<DeliveryOutcome> forAll(Envelope envelope, DeliveryOutcome outcome) {
        return Collections.nCopies(envelope.recipients().size(), outcome);
    }

    /** A source that runs dry after one mail. */
    private static final class OneMail implements MailSource {

        private Optional<OutgoingMail> left;
        private List<DeliveryOutcome> outcomes = new ArrayList<>();

        OneMail(OutgoingMail mail) {
            this.left = Optional.of(mail);
        }

        @Override
        public Optional<OutgoingMail> next() {
            Optional<OutgoingMail> given = left;
            left = Optional.empty();
            return given;
        }

        @Override
        public void settled(OutgoingMail mail, List<DeliveryOutcome> settled) {
            outcomes = settled;
        }
    }
}
