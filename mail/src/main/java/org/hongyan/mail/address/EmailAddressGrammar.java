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
        for (int i = 0; i < localPart.length(); ) {
            int c = localPart.codePointAt(i);
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
            i += Character.charCount(c);
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
        if (holdsControl(localPart)) {
            throw new IllegalArgumentException("the quoted part before @ has a control character");
        }
        for (int i = 1; i < last; i++) {
            char c = localPart.charAt(i);
            if (c == '\\') {
                i++;
                if (i >= last || localPart.charAt(i) > 126) {
                    throw new IllegalArgumentException("the quoted part before @ has a stray backslash");
                }
            } else if (c == '"') {
                throw new IllegalArgumentException("the quoted part before @ has a quote in its middle");
            }
        }
    }

    private static boolean isAtomCharacter(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || ATOM_SPECIALS.indexOf(c) >= 0
                || c > 127 && !isControl(c) && !Character.isSpaceChar(c) && Character.getType(c) != Character.FORMAT;
    }

    /** Whether a text has a character that is not seen, or that makes one text look like another. */
    static boolean holdsControl(String text) {
        return text.codePoints().anyMatch(EmailAddressGrammar::isControl);
    }

    /** C0, DEL, C1, line and paragraph separators, bidirectional controls, zero-width characters, unpaired surrogates. */
    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // Emoji in display names are joined by the zero-width joiner.
            case Character.FORMAT -> c != 0x200D;
            default -> false;
        };
    }

    private static String describe(int c) {
        return isControl(c) || Character.isSpaceChar(c)
                ? String.format("U+%04X", c)
                : "'" + Character.toString(c) + "'";
    }
}
