package org.hongyan.sandbox.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hongyan.mail.dns.DnsResolver;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The name service of the sandbox: answers for every zone there is, the root included, on UDP and TCP, and takes
 * records as a DNS provider would. Publishing under any name makes its zone. Published records survive a restart;
 * faults do not. Thread-safe.
 */
public final class PretendDns implements AutoCloseable {

    private static final int LONGEST_QUERY_LOG = 1_000;

    /**
     * One question that reached the server.
     *
     * @param name asked for, without the final dot
     * @param type such as {@code MX}
     * @param tcp whether it came over TCP
     */
    public record Query(String name, String type, boolean tcp) {}

    private final ZoneFile file;
    private final ZoneCut cut = new ZoneCut();
    private final List<DnsRecord> builtIn;
    private final Set<DnsRecord> published = new LinkedHashSet<>();
    private final AtomicLong serial = new AtomicLong(1);
    private volatile ZoneData zones;
    private final Faults faults = new Faults();
    private final Deque<Query> queries = new ArrayDeque<>();
    private final Responder responder;
    private final DnsListener listener;

    /**
     * Reads the published records and starts to serve.
     *
     * @param address where to listen; port 0 takes any
     * @param file where published records are kept
     * @param builtIn records that exist from the start and are neither kept nor removable
     * @throws IllegalStateException when the file cannot be understood
     * @throws java.io.UncheckedIOException when the port cannot be opened
     */
    public static PretendDns start(InetSocketAddress address, Path file, Collection<DnsRecord> builtIn) {
        return new PretendDns(address, new ZoneFile(file), builtIn);
    }

    private PretendDns(InetSocketAddress address, ZoneFile file, Collection<DnsRecord> builtIn) {
        this.file = file;
        this.builtIn = List.copyOf(builtIn);
        this.published.addAll(file.read());
        this.zones = new ZoneData(allRecords(), cut, serial.get());
        this.responder = new Responder(() -> zones, faults, this::log);
        PretendInternet.faultyDomains().forEach(faults::setWithin);
        this.listener = DnsListener.start(address, responder);
    }

    /** Where the server listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /**
     * Adds a record beside those of the same name and type. A record that says the same gets the new TTL.
     *
     * @throws IllegalArgumentException when the name would be an alias and something else at once (RFC 1034 §3.6.2)
     */
    public void publish(DnsRecord record) {
        publishAll(List.of(record));
    }

    /** As {@link #publish}, all of them or none. */
    public synchronized void publishAll(Collection<DnsRecord> records) {
        exchange(List.of(), records);
    }

    /** Puts {@code records} in the place of all published records of {@code name} and {@code type}; all or nothing. */
    public synchronized void replace(String name, DnsRecord.Type type, Collection<DnsRecord> records) {
        exchange(
                published.stream()
                        .filter(record -> record.name().equals(lower(name)) && record.type() == type)
                        .toList(),
                records);
    }

    /** Removes a published record; false when it was not there. */
    public synchronized boolean remove(DnsRecord record) {
        boolean removed = published.removeIf(record::saysTheSameAs);
        if (removed) {
            changed();
        }
        return removed;
    }

    /** Removes all published records of a name and type, and says how many there were. */
    public synchronized int remove(String name, DnsRecord.Type type) {
        int before = published.size();
        published.removeIf(record -> record.name().equals(lower(name)) && record.type() == type);
        return settleRemoval(before);
    }

    /** Removes all published records of a name and of all names below it, and says how many there were. */
    public synchronized int removeWithin(String name) {
        int before = published.size();
        published.removeIf(
                record -> record.name().equals(lower(name)) || record.name().endsWith("." + lower(name)));
        return settleRemoval(before);
    }

    /** The published records, oldest first. */
    public synchronized List<DnsRecord> records() {
        return List.copyOf(published);
    }

    /** The records that exist from the start. */
    public List<DnsRecord> builtInRecords() {
        return builtIn;
    }

    /** Names of all zones, in order. */
    public List<String> zones() {
        return zones.zones();
    }

    /** Makes questions for exactly this name fail until {@link #heal} or the end of the process. */
    public void fail(String name, DnsFault fault) {
        faults.setAt(name, fault);
    }

    /** Makes questions for this name and all names below it fail. */
    public void failWithin(String name, DnsFault fault) {
        faults.setWithin(name, fault);
    }

    /** Ends the faults set at this name. */
    public void heal(String name) {
        faults.clear(name);
    }

    /** The last thousand questions, oldest first. */
    public List<Query> recentQueries() {
        synchronized (queries) {
            return List.copyOf(queries);
        }
    }

    /** A resolver that asks this server without a socket: the receiving side's own view, never cached. */
    public DnsResolver resolver() {
        return new InProcessResolver(responder);
    }

    @Override
    public void close() {
        listener.close();
    }

    private void exchange(Collection<DnsRecord> old, Collection<DnsRecord> fresh) {
        Set<DnsRecord> before = new LinkedHashSet<>(published);
        published.removeAll(Set.copyOf(old));
        try {
            for (DnsRecord record : fresh) {
                refuseMixedAlias(record);
                published.removeIf(record::saysTheSameAs);
                published.add(record);
            }
        } catch (IllegalArgumentException refused) {
            published.clear();
            published.addAll(before);
            throw refused;
        }
        changed();
    }

    private void refuseMixedAlias(DnsRecord record) {
        boolean alias = record.type() == DnsRecord.Type.CNAME;
        Optional<DnsRecord> clash = allRecords().stream()
                .filter(other -> other.name().equals(record.name()) && !other.saysTheSameAs(record))
                .filter(other -> alias || other.type() == DnsRecord.Type.CNAME)
                .findFirst();
        if (clash.isPresent()) {
            throw new IllegalArgumentException("a CNAME record stands alone, but " + record.name() + " would have "
                    + record.type() + " and " + clash.get().type());
        }
    }

    private int settleRemoval(int sizeBefore) {
        int removed = sizeBefore - published.size();
        if (removed > 0) {
            changed();
        }
        return removed;
    }

    private void changed() {
        file.write(published);
        zones = new ZoneData(allRecords(), cut, serial.incrementAndGet());
    }

    private List<DnsRecord> allRecords() {
        List<DnsRecord> all = new ArrayList<>(builtIn);
        all.addAll(published);
        return all;
    }

    private void log(Record question, boolean tcp) {
        Query query = new Query(question.getName().toString(true), Type.string(question.getType()), tcp);
        synchronized (queries) {
            if (queries.size() == LONGEST_QUERY_LOG) {
                queries.removeFirst();
            }
            queries.addLast(query);
        }
    }

    private static String lower(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.toLowerCase(java.util.Locale.ROOT);
    }
}
