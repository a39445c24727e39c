package org.hongyan.mail.address;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fully qualified host name of at least one label in lower-case A-label form, without a trailing dot.
 *
 * <p>Immutable. Equality is on the A-label form, so {@code 例子.example} and its {@code xn--} form are equal.
 *
 * @param ascii the A-label form (RFC 5890), lower case, at most 253 octets, each label at most 63
 */
public record DomainName(String ascii) implements Comparable<DomainName> {

    /** @throws IllegalArgumentException when {@code ascii} is not a lower-case A-label host name */
    public DomainName {
        String problem = problemOf(ascii);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /**
     * Reads a host name as a person or a protocol gives it: U-labels are converted, case is folded, one trailing dot
     * is dropped.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static DomainName parse(String text) {
        String name = isAscii(text) ? text.toLowerCase(Locale.ROOT) : asciiOf(Idna.mapped(text));
        return new DomainName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    /** As {@link #parse}, with an empty result in place of the exception. */
    public static Optional<DomainName> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The name for people: U-labels where the A-labels decode. */
    public String unicode() {
        if (!ascii.contains("xn--")) {
            return ascii;
        }
        return Arrays.stream(ascii.split("\\."))
                .map(label -> Idna.toUnicode(label).orElse(label))
                .collect(Collectors.joining("."));
    }

    /** Whether this is {@code other} or a name below it. */
    public boolean isWithin(DomainName other) {
        return ascii.equals(other.ascii) || ascii.endsWith("." + other.ascii);
    }

    /** The name without its first label; empty for a single label. */
    public Optional<DomainName> parent() {
        int dot = ascii.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new DomainName(ascii.substring(dot + 1)));
    }

    /** This name with one or more labels put before it, such as {@code _dmarc} or {@code s1._domainkey}. */
    public DomainName child(String labels) {
        return new DomainName(labels.toLowerCase(Locale.ROOT) + "." + ascii);
    }

    @Override
    public int compareTo(DomainName other) {
        return ascii.compareTo(other.ascii);
    }

    @Override
    public String toString() {
        return ascii;
    }

    private static String asciiOf(String mapped) {
        return Arrays.stream(mapped.split("\\.", -1)).map(Idna::toAscii).collect(Collectors.joining("."));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static @Nullable String problemOf(String ascii) {
        if (ascii.isEmpty()) {
            return "the name is empty";
        }
        if (ascii.length() > 253) {
            return "the name is longer than 253 octets";
        }
        int labelStart = 0;
        for (int i = 0; i <= ascii.length(); i++) {
            if (i == ascii.length() || ascii.charAt(i) == '.') {
                int length = i - labelStart;
                if (length == 0) {
                    return "the name has an empty label";
                }
                if (length > 63) {
                    return "a label is longer than 63 octets";
                }
                if (ascii.startsWith("xn--", labelStart) && !Idna.isDecodable(ascii.substring(labelStart, i))) {
                    return "a label starts with xn-- and is no internationalised label";
                }
                if (ascii.charAt(labelStart) == '-' || ascii.charAt(i - 1) == '-') {
                    return "a label starts or ends with a hyphen";
                }
                labelStart = i + 1;
                continue;
            }
            char c = ascii.charAt(i);
            // The underscore is not a host name character, yet _dmarc and _domainkey names carry it.
            boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!allowed) {
                return "the character '" + c + "' is not allowed in a domain name";
            }
        }
        return null;
    }
}
