package org.hongyan.mail.shaping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.PublicSuffixes;

/**
 * Which provider an MX host belongs to, and what is allowed there, as read from one text file (its head explains the
 * form). Immutable and thread-safe.
 */
public final class ShapingRules {

    /** Prefix of the names of providers that stand for a route of the operator. */
    private static final String ROUTE = "route:";

    private final Map<String, String> providerBySuffix;
    private final Map<String, Limits> limits;
    private final Limits others;
    private final Limits routes;

    private ShapingRules(
            Map<String, String> providerBySuffix, Map<String, Limits> limits, Limits others, Limits routes) {
        this.providerBySuffix = Map.copyOf(providerBySuffix);
        this.limits = Map.copyOf(limits);
        this.others = others;
        this.routes = routes;
    }

    /** The rules that come with the engine. */
    public static ShapingRules defaults() {
        try (InputStream file = ShapingRules.class.getResourceAsStream("providers.conf")) {
            if (file == null) {
                throw new IllegalStateException("providers.conf is not in the jar");
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException("providers.conf cannot be read", broken);
        }
    }

    /**
     * Reads rules in the form of the file that comes with the engine.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static ShapingRules parse(String text) {
        ShapingRulesReader reader = new ShapingRulesReader();
        text.lines().forEach(reader::line);
        reader.end();
        return new ShapingRules(reader.providerBySuffix, reader.limits, reader.others(), reader.routes());
    }

    /** The same providers, all with these limits; for benches and tests. */
    public ShapingRules withAll(Limits same) {
        return new ShapingRules(providerBySuffix, Map.of(), same, same);
    }

    /** The provider that {@code mxHost} belongs to. */
    public Provider providerOf(DomainName mxHost) {
        String name = mxHost.ascii();
        for (int start = 0; start >= 0; start = nextLabel(name, start)) {
            String provider = providerBySuffix.get(name.substring(start));
            if (provider != null) {
                return new Provider(provider);
            }
        }
        return new Provider(
                PublicSuffixes.registrableDomain(mxHost).map(DomainName::ascii).orElse(name));
    }

    /** The provider that stands for a host which the operator routes mail to. */
    public Provider routedTo(String host, int port) {
        return new Provider(ROUTE + host + ":" + port);
    }

    /** What is allowed at {@code provider} from one source. */
    public Limits limitsOf(Provider provider) {
        Limits named = limits.get(provider.name());
        if (named != null) {
            return named;
        }
        return provider.name().startsWith(ROUTE) ? routes : others;
    }

    private static int nextLabel(String name, int start) {
        int dot = name.indexOf('.', start);
        return dot < 0 ? -1 : dot + 1;
    }

    /** Collects the blocks of a rules file line by line. */
    private static final class ShapingRulesReader {

        private final Map<String, String> providerBySuffix = new TreeMap<>();
        private final Map<String, Limits> limits = new TreeMap<>();
        private final Map<String, String> block = new TreeMap<>();
        private String name = "";
        private int number;

        void line(String line) {
            number++;
            String content = line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#'));
            if (content.isBlank()) {
                return;
            }
            String[] words = content.strip().split("\\s+");
            if (!Character.isWhitespace(content.charAt(0))) {
                end();
                name = switch (words[0]) {
                    case "provider" -> {
                        if (words.length != 2) {
                            throw wrong("a provider has one name");
                        }
                        yield words[1];
                    }
                    case "others", "routes" -> words[0];
                    default -> throw wrong("a block starts with provider, others or routes, not " + words[0]);
                };
                if (limits.containsKey(name)) {
                    throw wrong(name + " stands there twice");
                }
            } else if (name.isEmpty()) {
                throw wrong("a setting stands outside of a block");
            } else if (words[0].equals("mx")) {
                for (String suffix : java.util.Arrays.asList(words).subList(1, words.length)) {
                    if (providerBySuffix.put(domain(suffix), name) != null) {
                        throw wrong(suffix + " belongs to two providers");
                    }
                }
            } else if (words.length != 2 || block.put(words[0], words[1]) != null) {
                throw wrong("a setting has one value and stands there once");
            }
        }

        void end() {
            if (!name.isEmpty()) {
                double rate = take("mails-per-second");
                limits.put(name, new Limits((int) take("connections"), (int) take("mails-per-connection"), rate));
                if (!block.isEmpty()) {
                    throw wrong("unknown setting " + block.keySet().iterator().next());
                }
            }
            name = "";
        }

        Limits others() {
            return required("others");
        }

        Limits routes() {
            return required("routes");
        }

        private Limits required(String block) {
            Limits found = limits.get(block);
            if (found == null) {
                throw new IllegalArgumentException("the shaping rules lack the block " + block);
            }
            return found;
        }

        private double take(String setting) {
            String value = block.remove(setting);
            if (value == null) {
                throw wrong(name + " lacks " + setting);
            }
            if (setting.equals("mails-per-second") && value.equals("unlimited")) {
                return Double.POSITIVE_INFINITY;
            }
            try {
                double parsed = Double.parseDouble(value);
                if (!(parsed > 0 && parsed <= 1_000_000)) {
                    throw wrong(setting + " is out of range");
                }
                return parsed;
            } catch (NumberFormatException notANumber) {
                throw wrong(setting + " is not a number: " + value);
            }
        }

        private String domain(String suffix) {
            return DomainName.tryParse(suffix)
                    .orElseThrow(() -> wrong(suffix + " is not a host name"))
                    .ascii();
        }

        private IllegalArgumentException wrong(String sentence) {
            return new IllegalArgumentException("shaping rules, line " + number + ": " + sentence);
        }
    }
}
