package org.hongyan.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.jspecify.annotations.Nullable;

/** A DKIM-Signature field as read (RFC 6376 §3.5), or what makes it unusable. */
sealed interface SignatureField {

    /**
     * A signature that can be checked.
     *
     * @param names the signed field names in lower case, in order, repeated as listed
     * @param bodyLength {@code l=}; -1 when missing
     * @param signedAt {@code t=} in seconds; -1 when missing
     * @param expires {@code x=} in seconds; -1 when missing
     */
    record WellFormed(
            KeyRecord.Algorithm algorithm,
            Canonicalization headerForm,
            Canonicalization bodyForm,
            DomainName domain,
            DomainName identityDomain,
            String selector,
            DomainName keyName,
            List<String> names,
            byte[] bodyHash,
            byte[] signature,
            long bodyLength,
            long signedAt,
            long expires)
            implements SignatureField {}

    /** @param reason made of our words only */
    record Malformed(@Nullable DomainName domain, @Nullable String selector, String reason) implements SignatureField {}

    /** A verifier has no use for more, and an attacker would. */
    int MOST_NAMES = 512;

    /** Reads the value of the field at {@code from} to {@code to}. */
    static SignatureField parse(byte[] bytes, int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int valueStart = Math.min(to, colon + 1);
        String text = new String(bytes, valueStart, to - valueStart, StandardCharsets.UTF_8);
        Optional<TagList> tags = TagList.parse(text);
        return tags.isPresent() ? read(tags.get()) : new Malformed(null, null, "the signature is no list of tags");
    }

    private static SignatureField read(TagList tags) {
        DomainName domain = DomainName.tryParse(tags.valueOr("d", ""))
                .filter(SignatureField::hasTwoLabels)
                .orElse(null);
        String selector = DomainName.tryParse(tags.valueOr("s", ""))
                .map(DomainName::ascii)
                .orElse(null);
        if (!"1".equals(tags.value("v"))) {
            return new Malformed(domain, selector, "the signature is of an unknown version");
        }
        if (domain == null || selector == null) {
            return new Malformed(domain, selector, "the signature names no valid domain and selector");
        }
        DomainName keyName =
                DomainName.tryParse(selector + "._domainkey." + domain).orElse(null);
        if (keyName == null) {
            return new Malformed(domain, selector, "the name of the key is too long");
        }
        KeyRecord.Algorithm algorithm = KeyRecord.Algorithm.named(tags.valueOr("a", ""));
        if (algorithm == null) {
            return new Malformed(domain, selector, "the algorithm of the signature is unknown or unsafe");
        }
        DomainName identityDomain = identityDomain(tags.value("i"), domain);
        if (identityDomain == null) {
            return new Malformed(domain, selector, "the identity i= is not of the signing domain");
        }
        List<String> names = names(tags.valueOr("h", ""));
        if (names.size() > MOST_NAMES || !names.contains("from")) {
            return new Malformed(domain, selector, "the signature does not cover the From field");
        }
        if (!methods(tags.valueOr("q", "dns/txt")).contains("dns/txt")) {
            return new Malformed(domain, selector, "the key is not in the DNS");
        }
        byte[] bodyHash = base64(tags.dense("bh"));
        byte[] signature = base64(tags.dense("b"));
        if (bodyHash == null || signature == null) {
            return new Malformed(domain, selector, "the signature has no body hash or no signature data");
        }
        String[] forms = tags.valueOr("c", "simple/simple").split("/", -1);
        Canonicalization headerForm = canonicalization(forms[0]);
        Canonicalization bodyForm = canonicalization(forms.length > 1 ? forms[1] : "simple");
        if (headerForm == null || bodyForm == null || forms.length > 2) {
            return new Malformed(domain, selector, "the canonicalization is unknown");
        }
        long bodyLength = number(tags.value("l"));
        long signedAt = number(tags.value("t"));
        long expires = number(tags.value("x"));
        if (bodyLength < -1 || signedAt < -1 || expires < -1) {
            return new Malformed(domain, selector, "a number in the signature is malformed");
        }
        if (signedAt >= 0 && expires >= 0 && expires < signedAt) {
            return new Malformed(domain, selector, "the signature expires before it was made");
        }
        return new WellFormed(
                algorithm,
                headerForm,
                bodyForm,
                domain,
                identityDomain,
                selector,
                keyName,
                names,
                bodyHash,
                signature,
                bodyLength,
                signedAt,
                expires);
    }

    private static boolean hasTwoLabels(DomainName domain) {
        return domain.ascii().indexOf('.') > 0;
    }

    private static @Nullable DomainName identityDomain(@Nullable String identity, DomainName domain) {
        if (identity == null) {
            return domain;
        }
        return DomainName.tryParse(identity.substring(identity.lastIndexOf('@') + 1))
                .filter(found -> identity.indexOf('@') >= 0 && found.isWithin(domain))
                .orElse(null);
    }

    private static List<String> names(String colonSeparated) {
        return Arrays.stream(colonSeparated.split(":"))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<String> methods(String colonSeparated) {
        return Arrays.stream(colonSeparated.split(":"))
                .map(method -> method.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static @Nullable Canonicalization canonicalization(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "simple" -> Canonicalization.SIMPLE;
            case "relaxed" -> Canonicalization.RELAXED;
            default -> null;
        };
    }

    private static byte @Nullable [] base64(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** -1 when missing, -2 when it is no number of 1 to 18 digits. */
    private static long number(@Nullable String text) {
        if (text == null) {
            return -1;
        }
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : -2;
    }
}
