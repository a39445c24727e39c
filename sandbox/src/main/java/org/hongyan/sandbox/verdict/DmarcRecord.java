package org.hongyan.sandbox.verdict;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A DMARC policy record (RFC 7489 §6.3).
 *
 * @param policy {@code none}, {@code quarantine} or {@code reject}
 * @param subdomainPolicy the same for names below
 * @param strictDkim whether {@code adkim=s}
 * @param strictSpf whether {@code aspf=s}
 */
record DmarcRecord(String policy, String subdomainPolicy, boolean strictDkim, boolean strictSpf) {

    private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

    /** Whether the text of a TXT record starts as a policy does. */
    static boolean isDmarc(String text) {
        int end = text.indexOf(';');
        String version = (end < 0 ? text : text.substring(0, end)).replaceAll("[ \\t]", "");
        return version.equals("v=DMARC1");
    }

    /** Reads a record; empty when it has no usable policy and no address for reports (RFC 7489 §6.6.3 step 6). */
    static Optional<DmarcRecord> parse(String text) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : text.split(";")) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        tag.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        tag.substring(equals + 1).strip());
            }
        }
        String policy = lower(tags, "p");
        if (!POLICIES.contains(policy)) {
            if (!lower(tags, "rua").startsWith("mailto:")) {
                return Optional.empty();
            }
            policy = "none";
        }
        String subdomainPolicy = lower(tags, "sp");
        return Optional.of(new DmarcRecord(
                policy,
                POLICIES.contains(subdomainPolicy) ? subdomainPolicy : policy,
                lower(tags, "adkim").equals("s"),
                lower(tags, "aspf").equals("s")));
    }

    private static String lower(Map<String, String> tags, String name) {
        return tags.getOrDefault(name, "").toLowerCase(Locale.ROOT);
    }
}
