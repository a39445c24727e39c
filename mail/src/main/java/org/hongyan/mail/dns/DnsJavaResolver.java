package org.hongyan.mail.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks recursive DNS servers through dnsjava (RFC 1035, 6891): answers kept for their TTL (RFC 2308 for negative ones),
 * one question in flight however many ask it, TCP when truncated, CNAME chains of at most 8.
 *
 * <p>Thread-safe. A question blocks its caller for at most servers × attempts × time-out for each link of a chain.
 */
public final class DnsJavaResolver implements DnsResolver {

    private final DnsSettings settings;
    private final List<DnsServer> servers;
    private final AnswerCache cache;
    private volatile int firstServer;

    /** Opens nothing; sockets are made per question. */
    public DnsJavaResolver(DnsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.servers = serversOf(settings);
        this.cache = new AnswerCache(settings.cacheEntries(), clock);
    }

    @Override
    public DnsAnswer<Mx> mx(DomainName name) {
        return lookUp(nameOf(name.ascii()), Type.MX).as(AnswerReader::mx);
    }

    @Override
    public DnsAnswer<String> txt(DomainName name) {
        return lookUp(nameOf(name.ascii()), Type.TXT).as(AnswerReader::txt);
    }

    @Override
    public DnsAnswer<InetAddress> addresses(DomainName name) {
        Name owner = nameOf(name.ascii());
        DnsAnswer<InetAddress> ipv4 = lookUp(owner, Type.A).as(AnswerReader::address);
        if (ipv4 instanceof DnsAnswer.NoSuchName<InetAddress>) {
            return ipv4;
        }
        DnsAnswer<InetAddress> ipv6 = lookUp(owner, Type.AAAA).as(AnswerReader::address);
        return union(ipv4, ipv6);
    }

    @Override
    public DnsAnswer<DomainName> cname(DomainName name) {
        return lookUp(nameOf(name.ascii()), Type.CNAME).as(AnswerReader::cname);
    }

    @Override
    public DnsAnswer<DomainName> ns(DomainName name) {
        return lookUp(nameOf(name.ascii()), Type.NS).as(AnswerReader::ns);
    }

    @Override
    public DnsAnswer<DomainName> ptr(InetAddress address) {
        return lookUp(ReverseMap.fromAddress(address), Type.PTR).as(AnswerReader::ptr);
    }

    @Override
    public DnsAnswer<Tlsa> tlsa(DomainName host, int port) {
        return lookUp(nameOf("_" + port + "._tcp." + host.ascii()), Type.TLSA).as(AnswerReader::tlsa);
    }

    /** Answers now kept, for metrics. */
    public int cachedAnswers() {
        return cache.size();
    }

    private DnsLookup lookUp(Name name, int type) {
        return cache.answer(new AnswerCache.Question(name, type), () -> keep(follow(name, type)));
    }

    private AnswerCache.Kept keep(DatedLookup dated) {
        Duration longest = dated.lookup() instanceof DnsLookup.Failed ? settings.failureTtl() : settings.longestTtl();
        Duration life = dated.life().compareTo(longest) < 0 ? dated.life() : longest;
        return new AnswerCache.Kept(dated.lookup(), life);
    }

    private record DatedLookup(DnsLookup lookup, Duration life) {}

    /** A recursive server follows aliases itself; one that serves its own zones only may leave the rest to us. */
    private DatedLookup follow(Name name, int type) {
        Name current = name;
        Duration ttl = settings.longestTtl();
        boolean secure = true;
        int hops = 0;
        while (true) {
            DnsServer.Exchange exchange = askServers(current, type);
            if (exchange instanceof DnsServer.Exchange.Failed(String reason)) {
                return failed(reason);
            }
            Message message = ((DnsServer.Exchange.Answered) exchange).message();
            AnswerReader.Reading reading = AnswerReader.read(message, current, type);
            hops += reading.hops();
            if (reading.looped() || hops > AnswerReader.LONGEST_CHAIN) {
                return failed("the CNAME chain of " + name + " loops or is longer than " + AnswerReader.LONGEST_CHAIN);
            }
            ttl = reading.ttl().compareTo(ttl) < 0 ? reading.ttl() : ttl;
            secure &= settings.dnssec() != DnsSettings.Dnssec.OFF && AnswerReader.authenticated(message);
            if (!reading.records().isEmpty() || reading.end().equals(current)) {
                DnsLookup lookup = reading.records().isEmpty() && AnswerReader.isNoSuchName(message)
                        ? new DnsLookup.Missing()
                        : new DnsLookup.Records(reading.records(), ttl, secure);
                return new DatedLookup(lookup, ttl);
            }
            if (AnswerReader.isNoSuchName(message)) {
                return new DatedLookup(new DnsLookup.Missing(), ttl);
            }
            if (reading.negative()) {
                return new DatedLookup(new DnsLookup.Records(List.of(), ttl, secure), ttl);
            }
            current = reading.end();
        }
    }

    private DatedLookup failed(String reason) {
        return new DatedLookup(new DnsLookup.Failed(reason), settings.failureTtl());
    }

    private DnsServer.Exchange askServers(Name name, int type) {
        String reason = "no DNS server is configured";
        int start = firstServer;
        for (int round = 0; round < settings.attempts(); round++) {
            for (int i = 0; i < servers.size(); i++) {
                int index = (start + i) % servers.size();
                DnsServer.Exchange exchange = servers.get(index).ask(name, type, true);
                if (exchange instanceof DnsServer.Exchange.Failed(String failure)) {
                    reason = failure;
                } else {
                    // The next question starts with a server that lives, not with the dead first one.
                    firstServer = index;
                    return exchange;
                }
                if (Thread.currentThread().isInterrupted()) {
                    return exchange;
                }
            }
        }
        return new DnsServer.Exchange.Failed(reason);
    }

    private static DnsAnswer<InetAddress> union(DnsAnswer<InetAddress> ipv4, DnsAnswer<InetAddress> ipv6) {
        if (ipv4 instanceof DnsAnswer.Found<InetAddress> four) {
            if (ipv6 instanceof DnsAnswer.Found<InetAddress> six) {
                List<InetAddress> both = new ArrayList<>(four.records());
                both.addAll(six.records());
                Duration ttl = four.ttl().compareTo(six.ttl()) < 0 ? four.ttl() : six.ttl();
                return new DnsAnswer.Found<>(both, ttl, four.secure() && six.secure());
            }
            return four;
        }
        if (ipv6 instanceof DnsAnswer.Found<InetAddress>) {
            return ipv6;
        }
        return ipv4 instanceof DnsAnswer.Unavailable<InetAddress> ? ipv4 : ipv6;
    }

    private static List<DnsServer> serversOf(DnsSettings settings) {
        List<InetSocketAddress> addresses =
                settings.servers().isEmpty() ? ResolverConfig.getCurrentConfig().servers() : settings.servers();
        return addresses.stream()
                .map(address ->
                        new DnsServer(DnsServer.nameOf(address), address, settings.timeout(), settings.dnssec()))
                .toList();
    }

    private static Name nameOf(String ascii) {
        try {
            return Name.fromString(ascii + ".");
        } catch (TextParseException impossible) {
            throw new IllegalArgumentException("not a DNS name: " + ascii, impossible);
        }
    }
}
