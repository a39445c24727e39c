package org.hongyan.mail.address;

import java.nio.charset.StandardCharsets;

/** The local-part grammar of RFC 5321 §4.1.2 with the UTF-8 extension of RFC 6531 §3.3, read by hand in one pass. */
final class EmailAddressGrammar {

    private static final int LONGEST_LOCAL_PART_OCTETS = 64;
    private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

    private EmailAddressGrammar() {}

    static void requireLocalPart(String localPart) {
        if (localPart.isEmpty()) {
            throw new IllegalArgumentException("the part before @ is empty");
        }
        if (localPart.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL_PART_OCTETS) {
            throw new IllegalArgumentException("the part before @ is longer than 64 octets");
        }
        if (localPart.charAt(0) == '"') {
            requireQuotedString(localPart);
        } else {
            requireDotString(localPart);
        }
    }

    private static void requireDotString(String localPart) {
        boolean atomOpen = false;
        for (int i = 0; i < localPart.length(); i++) {
            char c = localPart.charAt(i);
            if (c == '.') {
                if (!atomOpen) {
                    throw new IllegalArgumentException("the part before @ has a dot at its start or two in a row");
                }
                atomOpen = false;
            } else if (isAtomCharacter(c)) {
                atomOpen = true;
            } else {
                throw new IllegalArgumentException(
                        "the character " + describe(c) + " is not allowed before @ without quotes");
            }
        }
        if (!atomOpen) {
            throw new IllegalArgumentException("the part before @ ends with a dot");
        }
    }

    private static void requireQuotedString(String localPart) {
        int last = localPart.length() - 1;
        if (last < 1 || localPart.charAt(last) != '"') {
            throw new IllegalArgumentException("the quoted part before @ is not closed");
        }
        for (int i = 1; i < last; i++) {
            char c = localPart.charAt(i);
            if (c == '\\') {
                i++;
                if (i >= last || isControl(localPart.charAt(i))) {
                    throw new IllegalArgumentException("the quoted part before @ has a stray backslash");
                }
            } else if (c == '"' || isControl(c)) {
                throw new IllegalArgumentException(
                        "the character " + describe(c) + " is not allowed inside the quoted part before @");
            }
        }
    }

    private static boolean isAtomCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || ATOM_SPECIALS.indexOf(c) >= 0
                || c > 127 && !isControl(c) && !Character.isWhitespace(c);
    }

    /** C0, DEL, C1 and the bidirectional controls that make one address look like another. */
    private static boolean isControl(char c) {
        return c < 32
                || c >= 127 && c < 160
                || c >= 0x200E && c <= 0x200F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }

    private static String describe(char c) {
        return isControl(c) ? String.format("U+%04X", (int) c) : "'" + c + "'";
    }
}
