package org.hongyan.mail.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.dns.MailExchangers;
import org.hongyan.mail.relay.DeliveryOutcome.Attempt;
import org.hongyan.mail.shaping.Provider;
import org.hongyan.mail.shaping.ShapingRules;
import org.hongyan.mail.smtp.TlsPolicy;

/** Finds the destination of a recipient domain: by the operator's route, or by MX. */
final class Directory {

    /** Where a domain is, or what its records alone decide. */
    sealed interface Entry {
        record Reachable(Destination destination) implements Entry {}

        record Undeliverable(DeliveryOutcome outcome) implements Entry {}
    }

    private final RelaySettings settings;
    private final DnsResolver dns;
    private final MtaSts mtaSts;
    private final ShapingRules shaping;
    private final FailureRules rules;

    Directory(RelaySettings settings, DnsResolver dns, MtaSts mtaSts, ShapingRules shaping, FailureRules rules) {
        this.settings = settings;
        this.dns = dns;
        this.mtaSts = mtaSts;
        this.shaping = shaping;
        this.rules = rules;
    }

    Entry find(DomainName domain) {
        return switch (settings.routes().of(domain)) {
            case RelayRoute.Smarthost(String host, int port) -> {
                Destination.Target target = new Destination.Target(host, port, 0, settings.tls());
                yield new Entry.Reachable(new Destination(shaping.routedTo(host, port), List.of(target), true));
            }
            case RelayRoute.Mx() -> byMx(domain);
        };
    }

    private Entry byMx(DomainName domain) {
        String name = domain.ascii();
        return switch (MailExchangers.of(domain, dns)) {
            case MailExchangers.Hosts hosts -> hosts(domain, hosts);
            case MailExchangers.NullMx() -> undeliverable(new Failure.NullMx(name), name);
            case MailExchangers.NoSuchDomain() -> undeliverable(new Failure.NoSuchDomain(name), name);
            case MailExchangers.NoHost() -> undeliverable(new Failure.NoHost(name), name);
            case MailExchangers.Unavailable(String reason) ->
                undeliverable(new Failure.DnsUnavailable("the MX of " + name + " is not known: " + reason), name);
        };
    }

    private Entry hosts(DomainName domain, MailExchangers.Hosts hosts) {
        Optional<StsPolicy> sts = settings.lookups().mtaSts() ? mtaSts.enforced(domain) : Optional.empty();
        List<Destination.Target> targets = new ArrayList<>(hosts.hosts().size());
        Failure refusal = null;
        for (MailExchangers.Host host : hosts.hosts()) {
            switch (tlsFor(host.name(), hosts.secure(), sts)) {
                case HostTls.Policy(TlsPolicy policy) ->
                    targets.add(new Destination.Target(
                            host.name().ascii(), settings.remotePort(), host.preference(), policy));
                case HostTls.Refused(Failure failure) -> refusal = failure;
            }
        }
        if (targets.isEmpty() && refusal != null) {
            return undeliverable(refusal, domain.ascii());
        }
        return new Entry.Reachable(new Destination(providerOf(hosts), targets, false));
    }

    /** What TLS a host asks for, or why it must not be spoken to. */
    private sealed interface HostTls {
        record Policy(TlsPolicy policy) implements HostTls {}

        record Refused(Failure failure) implements HostTls {}
    }

    /** DANE goes before MTA-STS, which must not make up for it (RFC 8461 §2). */
    private HostTls tlsFor(DomainName host, boolean secureMx, Optional<StsPolicy> sts) {
        if (secureMx && settings.lookups().dane() && isSecure(dns.addresses(host))) {
            switch (dns.tlsa(host, settings.remotePort())) {
                case DnsAnswer.Found<DnsResolver.Tlsa>(List<DnsResolver.Tlsa> records, Duration ttl, boolean secure)
                when secure -> {
                    return new HostTls.Policy(new TlsPolicy.Dane(records, List.of(host.ascii())));
                }
                case DnsAnswer.Unavailable<DnsResolver.Tlsa>(String reason) -> {
                    // RFC 7672 §2.1.2: an attacker who withholds the record must not win clear text by it.
                    return new HostTls.Refused(
                            new Failure.DnsUnavailable("the TLSA record of " + host + " is not known: " + reason));
                }
                case DnsAnswer.Found<DnsResolver.Tlsa> insecure -> {
                    // Nobody vouches for it, so it says nothing.
                }
                case DnsAnswer.NoData<DnsResolver.Tlsa> none -> {
                    // The host does not take part.
                }
                case DnsAnswer.NoSuchName<DnsResolver.Tlsa> none -> {
                    // The host does not take part.
                }
            }
        }
        if (sts.isEmpty()) {
            return new HostTls.Policy(settings.tls());
        }
        return sts.get().names(host.ascii())
                ? new HostTls.Policy(new TlsPolicy.Verified())
                : new HostTls.Refused(
                        new Failure.ForbiddenHost(host.ascii(), sts.get().mx()));
    }

    private static boolean isSecure(DnsAnswer<?> answer) {
        return answer instanceof DnsAnswer.Found<?> found && found.secure();
    }

    /** Hosts of equal preference stand in random order; the provider must not change with it. */
    private Provider providerOf(MailExchangers.Hosts hosts) {
        int best = hosts.hosts().getFirst().preference();
        return hosts.hosts().stream()
                .filter(host -> host.preference() == best)
                .map(host -> shaping.providerOf(host.name()))
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private Entry undeliverable(Failure failure, String domain) {
        Attempt attempt = new Attempt(null, null, null, failure.reason(), false);
        return new Entry.Undeliverable(
                switch (rules.judge(failure, domain, settings.tls(), true)) {
                    case Verdict.Bounce(var status) -> new DeliveryOutcome.Bounced(status, attempt);
                    case Verdict.Defer(var status) -> new DeliveryOutcome.Deferred(status, attempt);
                    case Verdict.NextHost nextHost -> throw new IllegalStateException("a domain has no next host");
                    case Verdict.RetryInClear retry -> throw new IllegalStateException("the DNS is asked without TLS");
                });
    }
}
