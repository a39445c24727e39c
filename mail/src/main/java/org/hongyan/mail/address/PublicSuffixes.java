package org.hongyan.mail.address;

import com.google.common.net.InternetDomainName;
import java.util.Optional;

/**
 * The public suffix list (publicsuffix.org), its private section included: below which names people register domains.
 *
 * <p>The list is the one that comes with Guava. A name below no listed suffix falls under the list's default rule, by
 * which its last label is the suffix. Pure functions, thread-safe.
 */
public final class PublicSuffixes {

    private PublicSuffixes() {}

    /** Whether {@code name} is itself a suffix, such as {@code com}, {@code com.cn} or {@code github.io}. */
    public static boolean isPublicSuffix(DomainName name) {
        return registrableDomain(name).isEmpty();
    }

    /**
     * The suffix and one label more: {@code mail.example.com.cn} gives {@code example.com.cn}. This is the
     * organisational domain of DMARC (RFC 7489 §3.2). Empty when {@code name} is a public suffix.
     */
    public static Optional<DomainName> registrableDomain(DomainName name) {
        String ascii = name.ascii();
        int suffixLength = suffixLength(ascii);
        if (suffixLength >= ascii.length()) {
            return Optional.empty();
        }
        int labelStart = ascii.lastIndexOf('.', ascii.length() - suffixLength - 2) + 1;
        return Optional.of(new DomainName(ascii.substring(labelStart)));
    }

    private static int suffixLength(String ascii) {
        String rest = ascii;
        // Guava knows host names only: labels such as _dmarc are taken off until it agrees.
        while (!InternetDomainName.isValid(rest)) {
            int dot = rest.indexOf('.');
            if (dot < 0) {
                return rest.length();
            }
            rest = rest.substring(dot + 1);
        }
        InternetDomainName suffix = InternetDomainName.from(rest).publicSuffix();
        return suffix == null
                ? ascii.length() - ascii.lastIndexOf('.') - 1
                : suffix.toString().length();
    }
}
