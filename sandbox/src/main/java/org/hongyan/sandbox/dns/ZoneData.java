package org.hongyan.sandbox.dns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * Every record of every zone, frozen: a change makes a new one, so a query sees one state from start to end.
 *
 * <p>A zone needs no announcement. The zone of a name is cut where {@link ZoneCut} says that a registry would have
 * delegated it, and gets the SOA and NS records it lacks.
 */
final class ZoneData {

    /** How long a missing name may be remembered: short, since a newcomer looks right after publishing. */
    private static final long NEGATIVE_TTL_SECONDS = 5;

    private static final long ZONE_TTL_SECONDS = 60;

    private static final Name WILDCARD = Name.fromConstantString("*");

    static final String NAME_SERVER_1 = "ns1.sandbox.test";
    static final String NAME_SERVER_2 = "ns2.sandbox.test";

    /** What the data says of one name and type, before aliases are followed. */
    sealed interface Lookup {
        /** Records of the type asked for. */
        record Data(List<Record> records) implements Lookup {}

        /** The name is an alias. */
        record Alias(Record cname, Name target) implements Lookup {}

        /** The name exists without that type. */
        record NoData() implements Lookup {}

        /** The name does not exist. */
        record NoName() implements Lookup {}
    }

    private final Map<Name, Map<DnsRecord.Type, List<Record>>> nodes = new HashMap<>();
    private final Set<Name> existing = new HashSet<>();
    private final Map<Name, Record> startsOfAuthority = new HashMap<>();

    ZoneData(Collection<DnsRecord> records, ZoneCut cut, long serial) {
        Set<Name> apexes = new LinkedHashSet<>();
        apexes.add(Name.root);
        for (DnsRecord record : records) {
            add(record.type(), record.toWire());
            apexes.add(DnsRecord.wireName(cut.apexOf(record.name())));
        }
        for (Name apex : apexes) {
            completeZone(apex, serial);
        }
        for (Name owner : nodes.keySet()) {
            addWithAncestors(owner);
        }
    }

    /** Looks one name up, wildcards included (RFC 1034 §4.3.2, RFC 4592). */
    Lookup look(Name name, int type) {
        Map<DnsRecord.Type, List<Record>> node = nodes.get(name);
        if (node != null) {
            return lookIn(node, name, type);
        }
        if (existing.contains(name)) {
            return new Lookup.NoData();
        }
        return wildcardFor(name).map(wildcard -> lookIn(wildcard, name, type)).orElseGet(Lookup.NoName::new);
    }

    /** SOA record of the closest zone above {@code name}; the root's where there is no other. */
    Record startOfAuthority(Name name) {
        for (int labels = 0; labels < name.labels(); labels++) {
            Record soa = startsOfAuthority.get(labels == 0 ? name : new Name(name, labels));
            if (soa != null) {
                return soa;
            }
        }
        throw new IllegalStateException("the root zone has lost its SOA record");
    }

    /** Apexes of all zones, the root left out, in order. */
    List<String> zones() {
        Set<String> names = new TreeSet<>();
        for (Name apex : startsOfAuthority.keySet()) {
            if (!apex.equals(Name.root)) {
                names.add(apex.toString(true));
            }
        }
        return List.copyOf(names);
    }

    private static Lookup lookIn(Map<DnsRecord.Type, List<Record>> node, Name asked, int type) {
        List<Record> aliases = node.get(DnsRecord.Type.CNAME);
        if (aliases != null && type != org.xbill.DNS.Type.CNAME && type != org.xbill.DNS.Type.ANY) {
            org.xbill.DNS.CNAMERecord cname = (org.xbill.DNS.CNAMERecord) aliases.getFirst();
            return new Lookup.Alias(ownedBy(cname, asked), cname.getTarget());
        }
        List<Record> found = new ArrayList<>();
        node.forEach((kind, records) -> {
            if (type == kind.code() || type == org.xbill.DNS.Type.ANY) {
                records.forEach(record -> found.add(ownedBy(record, asked)));
            }
        });
        return found.isEmpty() ? new Lookup.NoData() : new Lookup.Data(found);
    }

    private static Record ownedBy(Record record, Name owner) {
        return record.getName().equals(owner) ? record : record.withName(owner);
    }

    private Optional<Map<DnsRecord.Type, List<Record>>> wildcardFor(Name name) {
        for (int labels = 1; labels < name.labels(); labels++) {
            Name ancestor = new Name(name, labels);
            if (existing.contains(ancestor)) {
                return wildcardOf(ancestor).map(nodes::get);
            }
        }
        return Optional.empty();
    }

    /** Empty when the name would be too long for the DNS, in which case there is no such wildcard either. */
    private static Optional<Name> wildcardOf(Name ancestor) {
        try {
            return Optional.of(Name.concatenate(WILDCARD, ancestor));
        } catch (NameTooLongException tooLong) {
            return Optional.empty();
        }
    }

    private void completeZone(Name apex, long serial) {
        Map<DnsRecord.Type, List<Record>> node = nodes.get(apex);
        @Nullable List<Record> published = node == null ? null : node.get(DnsRecord.Type.SOA);
        Record soa = published == null
                ? new SOARecord(
                        apex,
                        DClass.IN,
                        NEGATIVE_TTL_SECONDS,
                        DnsRecord.wireName(NAME_SERVER_1),
                        DnsRecord.wireName("hostmaster.sandbox.test"),
                        serial,
                        3600,
                        600,
                        86_400,
                        NEGATIVE_TTL_SECONDS)
                : published.getFirst();
        startsOfAuthority.put(apex, soa);
        if (published == null) {
            add(DnsRecord.Type.SOA, soa);
        }
        if (node == null || !node.containsKey(DnsRecord.Type.NS)) {
            add(DnsRecord.Type.NS, new NSRecord(apex, DClass.IN, ZONE_TTL_SECONDS, DnsRecord.wireName(NAME_SERVER_1)));
            add(DnsRecord.Type.NS, new NSRecord(apex, DClass.IN, ZONE_TTL_SECONDS, DnsRecord.wireName(NAME_SERVER_2)));
        }
    }

    private void add(DnsRecord.Type type, Record record) {
        nodes.computeIfAbsent(record.getName(), owner -> new EnumMap<>(DnsRecord.Type.class))
                .computeIfAbsent(type, kind -> new ArrayList<>(2))
                .add(record);
    }

    private void addWithAncestors(Name owner) {
        existing.add(owner);
        for (int labels = 1; labels < owner.labels(); labels++) {
            existing.add(new Name(owner, labels));
        }
    }
}
