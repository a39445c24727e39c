package org.hongyan.server.sender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.PublicSuffixes;

/** Recognises who hosts a domain's DNS by the names of its name servers. Immutable, thread-safe. */
final class DnsHosts {

    /**
     * A DNS host.
     *
     * @param url the page where records of the domain are edited
     */
    record DnsHost(String name, String url) {}

    private record Entry(String suffix, String name, String url) {}

    private static final String TABLE = "/sender/dns-hosts.tsv";

    private final List<Entry> entries;

    private DnsHosts(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The table that comes with the service. */
    static DnsHosts load() {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                java.util.Objects.requireNonNull(DnsHosts.class.getResourceAsStream(TABLE), TABLE),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    entries.add(new Entry(columns[0], columns[1], columns[2]));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new DnsHosts(entries);
    }

    /** The host of the first name server that is known. */
    Optional<DnsHost> of(DomainName domain, List<String> nameServers) {
        for (String server : nameServers) {
            for (Entry entry : entries) {
                if (matches(server, entry.suffix())) {
                    String zone = PublicSuffixes.registrableDomain(domain)
                            .orElse(domain)
                            .ascii();
                    return Optional.of(new DnsHost(entry.name(), entry.url().replace("{zone}", zone)));
                }
            }
        }
        return Optional.empty();
    }

    /** A suffix with {@code *} in a label stands for the many numbered names of one host, as Route 53 has them. */
    private static boolean matches(String server, String suffix) {
        if (suffix.startsWith("*")) {
            return ("." + server).contains(suffix.substring(1));
        }
        return server.equals(suffix) || server.endsWith("." + suffix);
    }
}
