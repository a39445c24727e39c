package org.hongyan.sandbox.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Asks the {@link Responder} in the same process, faults included; delays and silence become "unavailable" at once. */
final class InProcessResolver implements DnsResolver {

    private final Responder responder;

    InProcessResolver(Responder responder) {
        this.responder = responder;
    }

    @Override
    public DnsAnswer<Mx> mx(DomainName name) {
        return ask(wire(name), Type.MX, record -> record instanceof MXRecord mx ? mxOf(mx) : null);
    }

    @Override
    public DnsAnswer<String> txt(DomainName name) {
        return ask(wire(name), Type.TXT, record -> record instanceof TXTRecord text ? joined(text) : null);
    }

    @Override
    public DnsAnswer<InetAddress> addresses(DomainName name) {
        DnsAnswer<InetAddress> four =
                ask(wire(name), Type.A, record -> record instanceof ARecord a ? a.getAddress() : null);
        DnsAnswer<InetAddress> six =
                ask(wire(name), Type.AAAA, record -> record instanceof AAAARecord a ? a.getAddress() : null);
        List<InetAddress> both = new ArrayList<>(four.recordsOrEmpty());
        both.addAll(six.recordsOrEmpty());
        return both.isEmpty() ? four : new DnsAnswer.Found<>(both, Duration.ZERO, false);
    }

    @Override
    public DnsAnswer<DomainName> cname(DomainName name) {
        return ask(wire(name), Type.CNAME, record -> record instanceof CNAMERecord c ? nameOf(c.getTarget()) : null);
    }

    @Override
    public DnsAnswer<DomainName> ns(DomainName name) {
        return ask(wire(name), Type.NS, record -> record instanceof NSRecord ns ? nameOf(ns.getTarget()) : null);
    }

    @Override
    public DnsAnswer<DomainName> ptr(InetAddress address) {
        return ask(
                ReverseMap.fromAddress(address),
                Type.PTR,
                record -> record instanceof PTRRecord ptr ? nameOf(ptr.getTarget()) : null);
    }

    @Override
    public DnsAnswer<Tlsa> tlsa(DomainName host, int port) {
        return ask(
                DnsRecord.wireName("_" + port + "._tcp." + host.ascii()),
                Type.TLSA,
                record -> record instanceof TLSARecord tlsa
                        ? new Tlsa(
                                tlsa.getCertificateUsage(),
                                tlsa.getSelector(),
                                tlsa.getMatchingType(),
                                tlsa.getCertificateAssociationData())
                        : null);
    }

    private <T> DnsAnswer<T> ask(Name name, int type, Function<Record, @Nullable T> reader) {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        byte[] wire = query.toWire();
        byte[] bytes = responder.answer(wire, wire.length, true).bytes();
        if (bytes == null) {
            return new DnsAnswer.Unavailable<>("no answer for " + name);
        }
        Message answer;
        try {
            answer = new Message(bytes);
        } catch (IOException garbage) {
            return new DnsAnswer.Unavailable<>("an unreadable answer for " + name);
        }
        if (answer.getHeader().getID() != query.getHeader().getID()) {
            return new DnsAnswer.Unavailable<>("an answer under a wrong ID for " + name);
        }
        return switch (answer.getRcode()) {
            case Rcode.NXDOMAIN -> new DnsAnswer.NoSuchName<>();
            case Rcode.NOERROR -> read(answer, reader);
            default -> new DnsAnswer.Unavailable<>(Rcode.string(answer.getRcode()) + " for " + name);
        };
    }

    private static <T> DnsAnswer<T> read(Message answer, Function<Record, @Nullable T> reader) {
        List<T> found = new ArrayList<>();
        long ttl = Long.MAX_VALUE;
        for (Record record : answer.getSection(Section.ANSWER)) {
            T value = reader.apply(record);
            if (value != null) {
                found.add(value);
                ttl = Math.min(ttl, record.getTTL());
            }
        }
        return found.isEmpty()
                ? new DnsAnswer.NoData<>()
                : new DnsAnswer.Found<>(found, Duration.ofSeconds(ttl), false);
    }

    private static Mx mxOf(MXRecord record) {
        return new Mx(record.getPriority(), nameOf(record.getTarget()));
    }

    private static @Nullable DomainName nameOf(Name name) {
        Optional<DomainName> parsed = DomainName.tryParse(name.toString(true));
        return parsed.orElse(null);
    }

    private static String joined(TXTRecord record) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        record.getStringsAsByteArrays().forEach(joined::writeBytes);
        return joined.toString(StandardCharsets.UTF_8);
    }

    private static Name wire(DomainName name) {
        return DnsRecord.wireName(name.ascii());
    }
}
