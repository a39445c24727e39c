package org.hongyan.mail.address;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox with the name that people see beside it (the name-addr of RFC 5322 §3.4, before encoding).
 *
 * <p>Immutable.
 *
 * @param displayName any Unicode without control characters, 1 to 256 characters, not blank; null for none
 * @param address the mailbox
 */
public record NamedAddress(@Nullable String displayName, EmailAddress address) {

    private static final int LONGEST_DISPLAY_NAME = 256;

    /** @throws IllegalArgumentException when the display name is blank, too long or holds a control character */
    public NamedAddress {
        if (displayName != null) {
            requireDisplayName(displayName);
        }
    }

    /**
     * Reads {@code address} or {@code alias <address>} as senders are written in the HTTP API: exactly one space
     * between the alias and the angle bracket, and no colon in the alias. This is not the grammar of a From field, for
     * which there is {@link FromHeader}.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static NamedAddress parse(String text) {
        if (text.indexOf('<') < 0 && text.indexOf('>') < 0) {
            return new NamedAddress(null, EmailAddress.parse(text));
        }
        int open = text.lastIndexOf('<');
        if (open < 0 || !text.endsWith(">") || text.indexOf('>') != text.length() - 1) {
            throw new IllegalArgumentException("a sender has the form address or alias <address>");
        }
        EmailAddress address = EmailAddress.parse(text.substring(open + 1, text.length() - 1));
        if (open == 0) {
            throw new IllegalArgumentException("there is no alias before the angle bracket");
        }
        if (text.charAt(open - 1) != ' ') {
            throw new IllegalArgumentException("one space must stand between the alias and the angle bracket");
        }
        String alias = text.substring(0, open - 1);
        if (alias.isEmpty() || alias.endsWith(" ")) {
            throw new IllegalArgumentException("exactly one space must stand between the alias and the angle bracket");
        }
        if (alias.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the alias has a colon");
        }
        if (alias.indexOf('<') >= 0) {
            throw new IllegalArgumentException("the alias has an angle bracket");
        }
        return new NamedAddress(alias, address);
    }

    /** As {@link #parse}, with an empty result in place of the exception. */
    public static Optional<NamedAddress> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** For people and logs, not for a header: {@code alias <address>} or the bare address. */
    @Override
    public String toString() {
        return displayName == null ? address.toString() : displayName + " <" + address + ">";
    }

    private static void requireDisplayName(String displayName) {
        if (displayName.isBlank()) {
            throw new IllegalArgumentException("the display name is blank");
        }
        if (displayName.length() > LONGEST_DISPLAY_NAME) {
            throw new IllegalArgumentException("the display name is longer than 256 characters");
        }
        if (EmailAddressGrammar.holdsControl(displayName)) {
            throw new IllegalArgumentException("the display name has a control character");
        }
    }
}
