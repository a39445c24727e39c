package org.hongyan.mail.address;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox as RFC 5321 §4.1.2 has it: local part and domain. Address literals, source routes and single-label domains
 * are refused, since none of them names a mailbox on the public internet.
 *
 * <p>Immutable. The local part keeps its case (RFC 5321 §2.4); {@link #comparisonKey} folds it for look-ups.
 *
 * @param localPart as given, at most 64 octets of UTF-8; a quoted string keeps its quotes
 * @param domain where the mailbox lives
 */
public record EmailAddress(String localPart, DomainName domain) {

    /** RFC 5321 §4.5.3.1.3 allows a path of 256 octets, its angle brackets included. */
    private static final int LONGEST_ADDRESS_OCTETS = 254;

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public EmailAddress {
        EmailAddressGrammar.requireLocalPart(localPart);
        requireMailDomain(domain);
        int octets = localPart.getBytes(StandardCharsets.UTF_8).length
                + 1
                + domain.ascii().length();
        if (octets > LONGEST_ADDRESS_OCTETS) {
            throw new IllegalArgumentException("the address is longer than 254 octets");
        }
    }

    /**
     * Reads {@code local@domain}, without display name or angle brackets.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static EmailAddress parse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0) {
            throw new IllegalArgumentException("an address has the form local@domain");
        }
        if (text.endsWith(".")) {
            throw new IllegalArgumentException("the domain ends with a dot");
        }
        return new EmailAddress(text.substring(0, at), DomainName.parse(text.substring(at + 1)));
    }

    /** As {@link #parse}, with an empty result in place of the exception. */
    public static Optional<EmailAddress> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether the address can only be used with SMTPUTF8 (RFC 6531): its local part is not ASCII. */
    public boolean needsSmtpUtf8() {
        return localPart.chars().anyMatch(c -> c > 127);
    }

    /** Lower-case form under which two spellings of one mailbox are held to be the same. */
    public String comparisonKey() {
        return localPart.toLowerCase(Locale.ROOT) + "@" + domain.ascii();
    }

    /** {@code local@domain} with the A-label domain, as SMTP carries it. */
    @Override
    public String toString() {
        return localPart + "@" + domain.ascii();
    }

    private static void requireMailDomain(DomainName domain) {
        String ascii = domain.ascii();
        int lastDot = ascii.lastIndexOf('.');
        if (lastDot < 0) {
            throw new IllegalArgumentException("the domain has a single label");
        }
        if (ascii.indexOf('_') >= 0) {
            throw new IllegalArgumentException("the domain has an underscore");
        }
        if (ascii.substring(lastDot + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("the domain is a number, as in an IP address");
        }
    }
}
