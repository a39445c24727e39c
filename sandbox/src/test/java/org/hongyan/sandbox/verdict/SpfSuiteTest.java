package org.hongyan.sandbox.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The openspf.org test suite for RFC 7208, in the release that Debian's python3-spf installs. */
@SuppressWarnings("unchecked") // YAML gives maps and lists of objects
class SpfSuiteTest {

    private static final Path SUITE = Path.of("/usr/share/doc/python3-spf/rfc7208-tests.yml.gz");

    /**
     * Records that lead to names no host can have, such as {@code foo:bar/baz.example.com}. The engine's domain names
     * cannot hold them, so that such a mechanism never matches here.
     */
    private static final Set<String> NAMES_THAT_ARE_NO_HOSTS = Set.of(
            "a-colon-domain",
            "a-colon-domain-ip4mapped",
            "mx-colon-domain",
            "mx-colon-domain-ip4mapped",
            "macro-mania-in-domain");

    @Test
    void everyScenarioOfTheSuiteGivesOneOfItsAllowedResults() throws IOException {
        assumeTrue(Files.exists(SUITE), "python3-spf is not installed, or without its documentation");
        List<String> wrong = new ArrayList<>();
        int run = 0;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(SUITE))) {
            for (Object document : new Yaml().loadAll(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                Map<String, Object> scenario = (Map<String, Object>) document;
                ZoneData zone = new ZoneData((Map<String, List<Object>>) part(scenario, "zonedata"));
                Map<String, Map<String, Object>> tests = (Map<String, Map<String, Object>>) part(scenario, "tests");
                for (Map.Entry<String, Map<String, Object>> test : tests.entrySet()) {
                    if (NAMES_THAT_ARE_NO_HOSTS.contains(test.getKey())) {
                        continue;
                    }
                    run++;
                    SpfVerdict verdict = verdictOf(test.getValue(), zone);
                    if (!allowed(test.getValue()).contains(verdict.result().wireName())) {
                        wrong.add(test.getKey() + ": " + verdict + " instead of " + allowed(test.getValue()));
                    }
                }
            }
        }
        assertThat(run).isGreaterThan(150);
        assertThat(wrong).isEmpty();
    }

    private static Object part(Map<String, Object> scenario, String name) {
        return Objects.requireNonNull(scenario.get(name), name);
    }

    private static SpfVerdict verdictOf(Map<String, Object> test, DnsResolver zone) throws IOException {
        String sender = String.valueOf(test.getOrDefault("mailfrom", ""));
        String helo = String.valueOf(test.getOrDefault("helo", ""));
        int at = sender.lastIndexOf('@');
        String local = at > 0 ? sender.substring(0, at) : "postmaster";
        String domain = sender.isEmpty() ? helo : sender.substring(at + 1);
        InetAddress client = InetAddress.getByName(String.valueOf(test.get("host")));
        return new SpfEvaluation(zone, client, local, domain, helo).verdict();
    }

    private static List<String> allowed(Map<String, Object> test) {
        Object result = test.get("result");
        return result instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(result));
    }

    /** The zone of one scenario. */
    private static final class ZoneData implements DnsResolver {
        private final Map<String, List<Object>> zone = new HashMap<>();

        ZoneData(Map<String, List<Object>> data) {
            data.forEach((name, records) -> zone.put(name.toLowerCase(Locale.ROOT), records));
        }

        @Override
        public DnsAnswer<Mx> mx(DomainName name) {
            return look(name.ascii(), "MX", value -> {
                List<Object> pair = (List<Object>) value;
                return new Mx(
                        (Integer) pair.getFirst(),
                        DomainName.tryParse(pair.get(1).toString()).orElse(null));
            });
        }

        @Override
        public DnsAnswer<String> txt(DomainName name) {
            return look(
                    name.ascii(),
                    "TXT",
                    value -> value instanceof List<?> strings
                            ? String.join("", (List<String>) strings)
                            : value.toString());
        }

        @Override
        public DnsAnswer<InetAddress> addresses(DomainName name) {
            DnsAnswer<InetAddress> four = look(name.ascii(), "A", ZoneData::address);
            List<InetAddress> both = new ArrayList<>(four.recordsOrEmpty());
            both.addAll(look(name.ascii(), "AAAA", ZoneData::address).recordsOrEmpty());
            return both.isEmpty() ? four : new DnsAnswer.Found<>(both, Duration.ZERO, false);
        }

        @Override
        public DnsAnswer<DomainName> ptr(InetAddress address) {
            String[] octets = address.getHostAddress().split("\\.");
            StringBuilder name = new StringBuilder();
            if (octets.length == 4) {
                for (int i = 3; i >= 0; i--) {
                    name.append(octets[i]).append('.');
                }
                name.append("in-addr.arpa");
            } else {
                byte[] bytes = address.getAddress();
                for (int i = bytes.length - 1; i >= 0; i--) {
                    name.append(String.format("%x.%x.", bytes[i] & 15, (bytes[i] >> 4) & 15));
                }
                name.append("ip6.arpa");
            }
            return look(name.toString(), "PTR", value -> DomainName.parse(value.toString()));
        }

        @Override
        public DnsAnswer<DomainName> cname(DomainName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DnsAnswer<DomainName> ns(DomainName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DnsAnswer<Tlsa> tlsa(DomainName host, int port) {
            throw new UnsupportedOperationException();
        }

        private interface Reader<T> {
            T read(Object value);
        }

        private <T> DnsAnswer<T> look(String name, String type, Reader<T> reader) {
            List<Object> records = zone.get(name);
            if (records == null) {
                return name.startsWith("error.") ? new DnsAnswer.Unavailable<>("error") : new DnsAnswer.NoSuchName<>();
            }
            List<T> found = new ArrayList<>();
            boolean ownText =
                    records.stream().anyMatch(record -> record instanceof Map<?, ?> map && map.containsKey("TXT"));
            for (Object record : records) {
                if (!(record instanceof Map<?, ?> map)) {
                    if (found.isEmpty()) {
                        return new DnsAnswer.Unavailable<>("time-out");
                    }
                    continue;
                }
                String kind = map.keySet().iterator().next().toString();
                Object value = map.values().iterator().next();
                if (kind.equals("CNAME") && !type.equals("CNAME")) {
                    return look(value.toString().toLowerCase(Locale.ROOT), type, reader);
                }
                boolean wanted = kind.equals(type) || kind.equals("SPF") && type.equals("TXT") && !ownText;
                if (wanted && value.equals("TIMEOUT")) {
                    return new DnsAnswer.Unavailable<>("time-out");
                }
                if (wanted && !value.equals("NONE")) {
                    found.add(reader.read(value));
                }
            }
            return found.isEmpty() ? new DnsAnswer.NoData<>() : new DnsAnswer.Found<>(found, Duration.ZERO, false);
        }

        private static InetAddress address(Object value) {
            try {
                return InetAddress.getByName(value.toString());
            } catch (IOException notAnAddress) {
                throw new IllegalArgumentException(notAnAddress);
            }
        }
    }
}
