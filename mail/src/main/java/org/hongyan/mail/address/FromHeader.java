package org.hongyan.mail.address;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a From field that must name exactly one mailbox (RFC 5322 §3.6.2, §3.4), and refuses whatever two readers could
 * understand differently: comments, groups, lists, source routes, encoded words inside the address, second angle
 * brackets. What passes is what every receiving program will show, so that one tenant cannot write in another's name.
 */
public final class FromHeader {

    private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~.";

    private final String text;
    private int at;

    private FromHeader(String text) {
        this.text = text;
    }

    /**
     * Reads the value of a From field.
     *
     * @param unfolded the value without its line breaks
     * @return the one mailbox; the display name with its encoded words decoded
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static NamedAddress parse(String unfolded) {
        return new FromHeader(unfolded).mailbox();
    }

    /** As {@link #parse}, with an empty result in place of the exception. */
    public static Optional<NamedAddress> tryParse(String unfolded) {
        try {
            return Optional.of(parse(unfolded));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private NamedAddress mailbox() {
        if (EmailAddressGrammar.holdsControl(text.replace('\t', ' '))) {
            throw new IllegalArgumentException("the field has a control character");
        }
        skipBlank();
        if (at == text.length()) {
            throw new IllegalArgumentException("the field is empty");
        }
        // Without an angle bracket outside quotes the whole value is the address.
        if (angleBracket() < 0) {
            return new NamedAddress(null, address(text.strip()));
        }
        String displayName = displayName();
        at++;
        int close = text.indexOf('>', at);
        if (close < 0) {
            throw new IllegalArgumentException("the angle bracket is not closed");
        }
        EmailAddress address = address(text.substring(at, close));
        if (!text.substring(close + 1).isBlank()) {
            throw new IllegalArgumentException("something follows the address");
        }
        return new NamedAddress(displayName, address);
    }

    private int angleBracket() {
        boolean quoted = false;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static EmailAddress address(String text) {
        if (text.contains("=?")) {
            throw new IllegalArgumentException("the address has an encoded word");
        }
        if (text.indexOf('"') >= 0) {
            // Legal in RFC 5321, but programs disagree on what a quoted local part hides.
            throw new IllegalArgumentException("the address has a quoted part");
        }
        return EmailAddress.parse(text);
    }

    /** A phrase (RFC 5322 §3.2.5), stopping at the angle bracket; null when there is none. */
    private @Nullable String displayName() {
        StringBuilder name = new StringBuilder();
        StringBuilder atoms = new StringBuilder();
        while (true) {
            boolean blank = skipBlank();
            char c = at < text.length() ? text.charAt(at) : '<';
            if (blank && !atoms.isEmpty()) {
                atoms.append(' ');
            }
            if (c == '<') {
                append(name, atoms);
                String decoded = name.toString().strip();
                return decoded.isEmpty() ? null : decoded;
            }
            if (c == '"') {
                append(name, atoms);
                quotedString(name);
            } else if (isAtomCharacter(c)) {
                if (blank && atoms.isEmpty() && !name.isEmpty()) {
                    name.append(' ');
                }
                atoms.append(c);
                at++;
            } else {
                throw new IllegalArgumentException(
                        switch (c) {
                            case '(', ')' -> "the field has a comment";
                            case ',' -> "the field names several mailboxes";
                            case ':', ';' -> "the field names a group";
                            default -> "the character '" + c + "' is not allowed in a display name without quotes";
                        });
            }
        }
    }

    private static void append(StringBuilder name, StringBuilder atoms) {
        if (!atoms.isEmpty()) {
            name.append(EncodedWordDecoder.decode(atoms.toString()));
            atoms.setLength(0);
        }
    }

    private void quotedString(StringBuilder name) {
        if (!name.isEmpty() && name.charAt(name.length() - 1) != ' ') {
            name.append(' ');
        }
        int start = name.length();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                // Many programs decode encoded words inside quotes although RFC 2047 §5 forbids it: show what they
                // show.
                String content = EncodedWordDecoder.decode(name.substring(start));
                name.replace(start, name.length(), content);
                return;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            name.append(c);
        }
        throw new IllegalArgumentException("the quoted display name is not closed");
    }

    private boolean skipBlank() {
        int start = at;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at > start;
    }

    private static boolean isAtomCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c > 127
                || ATOM_SPECIALS.indexOf(c) >= 0;
    }
}
