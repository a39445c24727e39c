package org.hongyan.mail.dns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hongyan.mail.address.DomainName;

/** Where mail of a domain goes (RFC 5321 §5.1, RFC 7505). */
public sealed interface MailExchangers {

    /**
     * Hosts that take the mail.
     *
     * @param hosts in the order to try them; at least one. Equal preferences stand in random order
     * @param implicit whether the domain has no MX and is its own host
     * @param secure whether DNSSEC validated the list
     */
    record Hosts(List<Host> hosts, boolean implicit, boolean secure) implements MailExchangers {
        /** @throws IllegalArgumentException when there is no host */
        public Hosts {
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("at least one host");
            }
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * One host.
     *
     * @param preference lower is tried first; 0 for the implicit host
     */
    record Host(DomainName name, int preference) {}

    /** The domain says that it takes no mail. */
    record NullMx() implements MailExchangers {}

    /** The domain does not exist. */
    record NoSuchDomain() implements MailExchangers {}

    /** The domain exists, with neither MX nor address. */
    record NoHost() implements MailExchangers {}

    /** Nothing could be learned; the reason is for people. */
    record Unavailable(String reason) implements MailExchangers {}

    /** Asks {@code resolver}, shuffling equals with a source of its own. */
    static MailExchangers of(DomainName domain, DnsResolver resolver) {
        return of(domain, resolver, RandomGenerator.getDefault());
    }

    /** Asks {@code resolver}; {@code random} shuffles hosts of equal preference. */
    static MailExchangers of(DomainName domain, DnsResolver resolver, RandomGenerator random) {
        return switch (resolver.mx(domain)) {
            case DnsAnswer.Found<DnsResolver.Mx> found -> ordered(found, random);
            case DnsAnswer.NoSuchName<DnsResolver.Mx>() -> new NoSuchDomain();
            case DnsAnswer.Unavailable<DnsResolver.Mx>(String reason) -> new Unavailable(reason);
            case DnsAnswer.NoData<DnsResolver.Mx>() -> implicit(domain, resolver);
        };
    }

    private static MailExchangers ordered(DnsAnswer.Found<DnsResolver.Mx> found, RandomGenerator random) {
        List<Host> hosts = new ArrayList<>();
        for (DnsResolver.Mx mx : found.records()) {
            DomainName exchange = mx.exchange();
            if (exchange != null) {
                hosts.add(new Host(exchange, mx.preference()));
            }
        }
        if (hosts.isEmpty()) {
            return new NullMx();
        }
        // RFC 7505 §3 forbids a null MX beside others; where it stands there all the same, the others count.
        Collections.shuffle(hosts, random);
        hosts.sort(Comparator.comparingInt(Host::preference));
        return new Hosts(hosts, false, found.secure());
    }

    private static MailExchangers implicit(DomainName domain, DnsResolver resolver) {
        return switch (resolver.addresses(domain)) {
            case DnsAnswer.Found<?> found -> new Hosts(List.of(new Host(domain, 0)), true, found.secure());
            case DnsAnswer.NoSuchName<?>() -> new NoSuchDomain();
            case DnsAnswer.NoData<?>() -> new NoHost();
            case DnsAnswer.Unavailable<?>(String reason) -> new Unavailable(reason);
        };
    }
}
