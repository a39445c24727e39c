package org.hongyan.mail.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An MTA-STS policy (RFC 8461 §3.2).
 *
 * @param mode how much it binds
 * @param mx host names, or {@code *.} and a name for one more label
 * @param maxAge how long it may be kept
 */
record StsPolicy(Mode mode, List<String> mx, Duration maxAge) {

    /** RFC 8461 §3.2: about a year. */
    private static final long LONGEST_AGE_SECONDS = 31_557_600;

    enum Mode {
        ENFORCE,
        TESTING,
        NONE
    }

    StsPolicy {
        mx = List.copyOf(mx);
    }

    /** Reads a policy file; empty when it is not one. Unknown fields are passed over, the first of two fields counts. */
    static Optional<StsPolicy> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        List<String> mx = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String key = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                if (key.equals("mx")) {
                    mx.add(value.toLowerCase(Locale.ROOT));
                } else {
                    fields.putIfAbsent(key, value);
                }
            }
        }
        Optional<Mode> mode = modeOf(fields.getOrDefault("mode", ""));
        long age = ageOf(fields.getOrDefault("max_age", ""));
        boolean whole = "STSv1".equals(fields.get("version")) && mode.isPresent() && age >= 0;
        if (!whole || mode.get() != Mode.NONE && mx.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StsPolicy(mode.get(), mx, Duration.ofSeconds(Math.min(age, LONGEST_AGE_SECONDS))));
    }

    /** The {@code id} of the TXT record at {@code _mta-sts}; empty when there is not exactly one such record. */
    static Optional<String> idOf(List<String> texts) {
        List<String> records =
                texts.stream().filter(text -> text.matches("v=STSv1\\s*;.*")).toList();
        if (records.size() != 1) {
            return Optional.empty();
        }
        for (String field : records.getFirst().split(";", -1)) {
            String[] pair = field.strip().split("=", 2);
            if (pair.length == 2
                    && pair[0].strip().equals("id")
                    && pair[1].strip().matches("[A-Za-z0-9]{1,32}")) {
                return Optional.of(pair[1].strip());
            }
        }
        return Optional.empty();
    }

    /** Whether mail may go to {@code host} (RFC 8461 §4.1). */
    boolean names(String host) {
        int dot = host.indexOf('.');
        String wildcard = dot < 0 ? host : "*" + host.substring(dot);
        return mx.contains(host) || mx.contains(wildcard);
    }

    private static Optional<Mode> modeOf(String text) {
        return switch (text) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.empty();
        };
    }

    private static long ageOf(String text) {
        return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
    }
}
