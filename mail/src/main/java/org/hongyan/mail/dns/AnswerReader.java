package org.hongyan.mail.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hongyan.mail.address.DomainName;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Reads DNS messages: the CNAME chain inside one answer (RFC 1034 §3.6.2), the negative TTL (RFC 2308), our values. */
final class AnswerReader {

    /** Longest CNAME chain that is followed. */
    static final int LONGEST_CHAIN = 8;

    private AnswerReader() {}

    /**
     * What one message says about a name and type.
     *
     * @param records those of the type asked for, at the end of the chain
     * @param end where the chain inside this message ends; the name asked for when there is no chain
     * @param hops CNAME records passed
     * @param ttl least TTL of all that was used, or the negative TTL
     * @param looped whether the chain bites its tail
     * @param negative whether the server vouches, by a SOA, that there is nothing at the end of the chain
     */
    record Reading(List<Record> records, Name end, int hops, Duration ttl, boolean looped, boolean negative) {}

    static Reading read(Message message, Name name, int type) {
        List<Record> section = message.getSection(Section.ANSWER);
        Set<Name> seen = new HashSet<>();
        Name current = name;
        long ttl = Long.MAX_VALUE;
        while (true) {
            if (!seen.add(current)) {
                return new Reading(List.of(), current, seen.size(), Duration.ZERO, true, false);
            }
            List<Record> found = matching(section, current, type);
            if (!found.isEmpty()) {
                for (Record record : found) {
                    ttl = Math.min(ttl, record.getTTL());
                }
                return new Reading(found, current, seen.size() - 1, Duration.ofSeconds(ttl), false, false);
            }
            List<Record> aliases = type == Type.CNAME ? List.of() : matching(section, current, Type.CNAME);
            if (aliases.isEmpty()) {
                boolean denied = hasSoa(message);
                // RFC 2308 §5: without a SOA the answer should not be kept.
                long life = Math.min(ttl, denied ? negativeTtl(message) : seen.size() > 1 ? ttl : 0);
                return new Reading(List.of(), current, seen.size() - 1, Duration.ofSeconds(life), false, denied);
            }
            CNAMERecord alias = (CNAMERecord) aliases.getFirst();
            ttl = Math.min(ttl, alias.getTTL());
            current = alias.getTarget();
        }
    }

    /** Whether the answer of {@code message} is authentic, as its server says. */
    static boolean authenticated(Message message) {
        return message.getHeader().getFlag(Flags.AD);
    }

    static boolean isNoSuchName(Message message) {
        return message.getRcode() == Rcode.NXDOMAIN;
    }

    /** Turns records into values; those that cannot be a value are left out. */
    static <T> List<T> values(List<Record> records, Function<Record, Optional<T>> reader) {
        List<T> values = new ArrayList<>(records.size());
        for (Record record : records) {
            reader.apply(record).ifPresent(values::add);
        }
        return values;
    }

    static Optional<DnsResolver.Mx> mx(Record record) {
        MXRecord mx = (MXRecord) record;
        if (mx.getTarget().equals(Name.root)) {
            return Optional.of(new DnsResolver.Mx(mx.getPriority(), null));
        }
        return domainName(mx.getTarget()).map(target -> new DnsResolver.Mx(mx.getPriority(), target));
    }

    static Optional<String> txt(Record record) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] string : ((TXTRecord) record).getStringsAsByteArrays()) {
            joined.writeBytes(string);
        }
        return Optional.of(joined.toString(StandardCharsets.UTF_8));
    }

    static Optional<InetAddress> address(Record record) {
        return Optional.of(record instanceof ARecord ipv4 ? ipv4.getAddress() : ((AAAARecord) record).getAddress());
    }

    static Optional<DomainName> cname(Record record) {
        return domainName(((CNAMERecord) record).getTarget());
    }

    static Optional<DomainName> ns(Record record) {
        return domainName(((NSRecord) record).getTarget());
    }

    static Optional<DomainName> ptr(Record record) {
        return domainName(((PTRRecord) record).getTarget());
    }

    static Optional<DnsResolver.Tlsa> tlsa(Record record) {
        TLSARecord tlsa = (TLSARecord) record;
        return Optional.of(new DnsResolver.Tlsa(
                tlsa.getCertificateUsage(),
                tlsa.getSelector(),
                tlsa.getMatchingType(),
                tlsa.getCertificateAssociationData()));
    }

    static Optional<DomainName> domainName(Name name) {
        return DomainName.tryParse(name.toString(true));
    }

    private static List<Record> matching(List<Record> section, Name name, int type) {
        List<Record> found = new ArrayList<>();
        for (Record record : section) {
            if (record.getType() == type
                    && record.getDClass() == DClass.IN
                    && record.getName().equals(name)) {
                found.add(record);
            }
        }
        return found;
    }

    private static boolean hasSoa(Message message) {
        return message.getSection(Section.AUTHORITY).stream().anyMatch(SOARecord.class::isInstance);
    }

    private static long negativeTtl(Message message) {
        long least = Long.MAX_VALUE;
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                least = Math.min(least, Math.min(soa.getTTL(), soa.getMinimum()));
            }
        }
        return least;
    }
}
