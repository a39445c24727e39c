package org.hongyan.mail.relay;

import java.util.ArrayList;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.dns.MailExchangers;
import org.hongyan.mail.relay.DeliveryOutcome.Attempt;
import org.hongyan.mail.shaping.Provider;
import org.hongyan.mail.shaping.ShapingRules;

/** Finds the destination of a recipient domain: by the operator's route, or by MX. */
final class Directory {

    /** Where a domain is, or what its records alone decide. */
    sealed interface Entry {
        record Reachable(Destination destination) implements Entry {}

        record Undeliverable(DeliveryOutcome outcome) implements Entry {}
    }

    private final RelaySettings settings;
    private final DnsResolver dns;
    private final ShapingRules shaping;
    private final FailureRules rules;

    Directory(RelaySettings settings, DnsResolver dns, ShapingRules shaping, FailureRules rules) {
        this.settings = settings;
        this.dns = dns;
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
            case MailExchangers.Hosts hosts -> new Entry.Reachable(destination(hosts));
            case MailExchangers.NullMx() -> undeliverable(new Failure.NullMx(name), name);
            case MailExchangers.NoSuchDomain() -> undeliverable(new Failure.NoSuchDomain(name), name);
            case MailExchangers.NoHost() -> undeliverable(new Failure.NoHost(name), name);
            case MailExchangers.Unavailable(String reason) ->
                undeliverable(new Failure.DnsUnavailable("the MX of " + name + " is not known: " + reason), name);
        };
    }

    private Destination destination(MailExchangers.Hosts hosts) {
        List<Destination.Target> targets = new ArrayList<>(hosts.hosts().size());
        for (MailExchangers.Host host : hosts.hosts()) {
            targets.add(new Destination.Target(
                    host.name().ascii(), settings.remotePort(), host.preference(), settings.tls()));
        }
        // Hosts of equal preference stand in random order; the provider must not change with it.
        int best = hosts.hosts().getFirst().preference();
        Provider provider = hosts.hosts().stream()
                .filter(host -> host.preference() == best)
                .map(host -> shaping.providerOf(host.name()))
                .sorted()
                .findFirst()
                .orElseThrow();
        return new Destination(provider, targets, false);
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
