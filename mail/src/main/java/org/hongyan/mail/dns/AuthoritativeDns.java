package org.hongyan.mail.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hongyan.mail.address.DomainName;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks the name servers of a zone themselves, past every cache, so that a record counts the moment it is published.
 *
 * <p>The zone is found by NS questions from the name upwards through the ordinary resolver; then its servers are asked
 * one after another until one answers. A server that is silent makes an {@code Unavailable} that names it, never a
 * "missing". Thread-safe; blocks its caller.
 */
public final class AuthoritativeDns {

    /** Servers asked for one question before giving up. */
    private static final int MOST_SERVERS = 4;

    private final DnsResolver resolver;
    private final int port;
    private final Duration timeout;

    /**
     * @param settings how name servers are found; its cache is not used, its time-out holds for each server
     * @param port where name servers listen: 53 outside of tests and sandboxes
     */
    public AuthoritativeDns(DnsSettings settings, int port, InstantSource clock) {
        this.resolver = new DnsJavaResolver(settings.withoutCache(), clock);
        this.port = port;
        this.timeout = settings.timeout();
    }

    /** MX records of {@code name}. */
    public AuthoritativeAnswer<DnsResolver.Mx> mx(DomainName name) {
        return ask(name, Type.MX, AnswerReader::mx);
    }

    /** Texts of the TXT records of {@code name}, each with its strings joined; aliases are followed. */
    public AuthoritativeAnswer<String> txt(DomainName name) {
        return ask(name, Type.TXT, AnswerReader::txt);
    }

    /** Target of the CNAME record at {@code name} itself. */
    public AuthoritativeAnswer<DomainName> cname(DomainName name) {
        return ask(name, Type.CNAME, AnswerReader::cname);
    }

    /** Name servers of the zone that holds {@code name}: they tell who hosts its DNS. */
    public DnsAnswer<DomainName> nameServers(DomainName name) {
        DnsAnswer<DomainName> own = resolver.ns(name);
        DnsAnswer<DomainName> answer = own;
        Optional<DomainName> current = name.parent();
        while (!(answer instanceof DnsAnswer.Found<DomainName>) && current.isPresent()) {
            if (answer instanceof DnsAnswer.Unavailable<DomainName>) {
                break;
            }
            answer = resolver.ns(current.get());
            current = current.get().parent();
        }
        // Nothing known above a missing name does not make the name any less missing.
        return answer instanceof DnsAnswer.Found<DomainName>
                        || answer instanceof DnsAnswer.Unavailable<DomainName>
                                && !(own instanceof DnsAnswer.NoSuchName<DomainName>)
                ? answer
                : own;
    }

    private <T> AuthoritativeAnswer<T> ask(DomainName name, int type, Function<Record, Optional<T>> reader) {
        DomainName current = name;
        for (int hop = 0; hop <= AnswerReader.LONGEST_CHAIN; hop++) {
            Step step = askZone(current, type);
            if (step.alias() == null) {
                return new AuthoritativeAnswer<>(step.lookup().as(reader), step.server());
            }
            current = step.alias();
        }
        return new AuthoritativeAnswer<>(
                new DnsAnswer.Unavailable<>(
                        "the CNAME chain of " + name + " is longer than " + AnswerReader.LONGEST_CHAIN),
                null);
    }

    /** One zone's word: a result, or the name in another zone that it points to. */
    private record Step(
            DnsLookup lookup,
            @org.jspecify.annotations.Nullable String server,
            @org.jspecify.annotations.Nullable DomainName alias) {}

    private Step askZone(DomainName name, int type) {
        return switch (nameServers(name)) {
            case DnsAnswer.Unavailable<DomainName>(String reason) ->
                new Step(
                        new DnsLookup.Failed("the name servers of " + name + " were not found: " + reason), null, null);
            case DnsAnswer.NoSuchName<DomainName>() -> new Step(new DnsLookup.Missing(), null, null);
            case DnsAnswer.NoData<DomainName>() ->
                new Step(new DnsLookup.Failed("no zone with name servers holds " + name), null, null);
            case DnsAnswer.Found<DomainName> found -> askServers(found.records(), name, type);
        };
    }

    private Step askServers(List<DomainName> servers, DomainName name, int type) {
        List<String> reasons = new ArrayList<>();
        String last = null;
        for (DomainName server : servers.subList(0, Math.min(servers.size(), MOST_SERVERS))) {
            last = server.ascii();
            switch (resolver.addresses(server)) {
                case DnsAnswer.Found<InetAddress> found -> {
                    for (InetAddress address :
                            found.records().subList(0, Math.min(found.records().size(), 2))) {
                        DnsServer asked = new DnsServer(
                                server.ascii(), new InetSocketAddress(address, port), timeout, DnsSettings.Dnssec.OFF);
                        Optional<Step> step = read(asked, asked.ask(nameOf(name), type, false), name, type, reasons);
                        if (step.isPresent()) {
                            return step.get();
                        }
                    }
                }
                case DnsAnswer.Unavailable<InetAddress>(String reason) ->
                    reasons.add("the address of " + server + " is not known: " + reason);
                case DnsAnswer.NoData<InetAddress>(), DnsAnswer.NoSuchName<InetAddress>() ->
                    reasons.add(server + " has no address");
            }
        }
        return new Step(new DnsLookup.Failed(String.join("; ", reasons)), last, null);
    }

    private static Optional<Step> read(
            DnsServer server, DnsServer.Exchange exchange, DomainName name, int type, List<String> reasons) {
        if (exchange instanceof DnsServer.Exchange.Failed(String reason)) {
            reasons.add(reason);
            return Optional.empty();
        }
        Message message = ((DnsServer.Exchange.Answered) exchange).message();
        if (!message.getHeader().getFlag(Flags.AA)) {
            reasons.add(server.name() + " is not responsible for " + name);
            return Optional.empty();
        }
        AnswerReader.Reading reading = AnswerReader.read(message, nameOf(name), type);
        if (reading.looped() || reading.hops() > AnswerReader.LONGEST_CHAIN) {
            return Optional.of(new Step(
                    new DnsLookup.Failed(
                            "the CNAME chain of " + name + " loops or is longer than " + AnswerReader.LONGEST_CHAIN),
                    server.name(),
                    null));
        }
        Optional<DomainName> end = AnswerReader.domainName(reading.end());
        boolean leadsOut = reading.records().isEmpty() && reading.hops() > 0 && end.isPresent();
        if (leadsOut) {
            return Optional.of(new Step(new DnsLookup.Missing(), server.name(), end.get()));
        }
        DnsLookup lookup = reading.records().isEmpty() && AnswerReader.isNoSuchName(message)
                ? new DnsLookup.Missing()
                : new DnsLookup.Records(reading.records(), reading.ttl(), false);
        return Optional.of(new Step(lookup, server.name(), null));
    }

    private static Name nameOf(DomainName name) {
        try {
            return Name.fromString(name.ascii() + ".");
        } catch (TextParseException impossible) {
            throw new IllegalArgumentException("not a DNS name: " + name, impossible);
        }
    }
}
