package org.hongyan.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hongyan.mail.address.NamedAddress;

/**
 * Writes header fields folded at 76 characters (RFC 5322 §2.2.3, RFC 2047 §2, RFC 2231) and raw octets. Keeps the
 * column, so that each piece knows whether it still fits. Used by one thread.
 */
final class MimeWriter {

    private static final int LINE_LENGTH = 76;
    /** RFC 5322 §2.1.1, without the CRLF. */
    private static final int LONGEST_LINE = 998;

    private byte[] array;
    private int length;
    private int lineStart;

    MimeWriter(int expectedSize) {
        array = new byte[Math.max(256, expectedSize)];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    void raw(byte[] octets) {
        raw(octets, octets.length);
    }

    /** The first {@code count} octets. */
    void raw(byte[] octets, int count) {
        reserve(count);
        System.arraycopy(octets, 0, array, length, count);
        length += count;
    }

    void raw(String text) {
        int size = text.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c > 127) {
                raw(text.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            array[length++] = (byte) c;
        }
    }

    /** Opens a field; what follows is its value. */
    void name(String name) {
        lineStart = length;
        raw(name);
        raw(": ");
    }

    /** Ends a field. */
    void end(String name) {
        requireLineLength(name);
        raw("\r\n");
    }

    /** A field whose value has no folding and needs none. */
    void field(String name, String value) {
        name(name);
        raw(value);
        end(name);
    }

    /** Free text: as it is where it is plain ASCII, as encoded words otherwise. */
    void unstructured(String name, String value) {
        name(name);
        if (EncodedWords.needed(value)) {
            encodedWords(value);
        } else {
            foldedAtBlanks(name, value);
        }
        end(name);
    }

    /** A list of mailboxes; the field is left out when there is none. */
    void mailboxes(String name, List<NamedAddress> mailboxes) {
        if (mailboxes.isEmpty()) {
            return;
        }
        name(name);
        for (int i = 0; i < mailboxes.size(); i++) {
            if (i > 0) {
                raw(",");
            }
            mailbox(mailboxes.get(i), i > 0);
        }
        end(name);
    }

    /** A parameter of Content-Type or Content-Disposition, as a quoted string or by RFC 2231, on lines of its own. */
    void parameter(String name, String value) {
        if (!isPrintableAscii(value) || name.length() + value.length() > LINE_LENGTH - 10) {
            extendedParameter(name, value);
            return;
        }
        raw(";");
        fold();
        raw(name);
        raw("=");
        quoted(value);
    }

    /** As {@link #parameter}, with encoded words inside quotes: against RFC 2047, yet what older mail programs read. */
    void legacyParameter(String name, String value) {
        raw(";");
        fold();
        raw(name);
        raw("=");
        if (isPrintableAscii(value) && !EncodedWords.needed(value)) {
            quoted(value);
        } else {
            raw("\"");
            encodedWords(value);
            raw("\"");
        }
    }

    private void mailbox(NamedAddress mailbox, boolean blankBefore) {
        String displayName = mailbox.displayName();
        String address = mailbox.address().toString();
        if (displayName == null) {
            piece(address, blankBefore);
            return;
        }
        if (EncodedWords.needed(displayName) || displayName.length() > LINE_LENGTH - 12) {
            if (blankBefore) {
                blank(EncodedWords.SHORTEST);
            }
            encodedWords(displayName);
        } else {
            piece(isAtoms(displayName) ? displayName : quotedString(displayName), blankBefore);
        }
        piece("<" + address + ">", true);
    }

    /** A token that is not to be broken, with a blank or a fold before it. */
    private void piece(String token, boolean blankBefore) {
        if (blankBefore) {
            blank(token.length());
        }
        raw(token);
    }

    private void blank(int width) {
        if (column() + 1 + width > LINE_LENGTH) {
            fold();
        } else {
            raw(" ");
        }
    }

    private void encodedWords(String text) {
        EncodedWords words = new EncodedWords(text);
        if (words.room(LINE_LENGTH - column()) == 0) {
            fold();
        }
        while (true) {
            raw(words.next(LINE_LENGTH - column()));
            if (words.isEmpty()) {
                return;
            }
            fold();
        }
    }

    private void foldedAtBlanks(String name, String value) {
        int at = 0;
        while (at < value.length()) {
            int wordStart = at;
            while (wordStart < value.length() && value.charAt(wordStart) == ' ') {
                wordStart++;
            }
            int wordEnd = value.indexOf(' ', wordStart);
            wordEnd = wordEnd < 0 ? value.length() : wordEnd;
            if (at > 0 && column() + wordEnd - at > LINE_LENGTH) {
                requireLineLength(name);
                raw("\r\n");
                lineStart = length;
            }
            raw(value.substring(at, wordEnd));
            at = wordEnd;
        }
    }

    private void extendedParameter(String name, String value) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        int section = 0;
        int at = 0;
        while (at < octets.length || section == 0) {
            StringBuilder line =
                    new StringBuilder(name).append('*').append(section).append("*=");
            if (section == 0) {
                line.append("UTF-8''");
            }
            while (at < octets.length) {
                int characterEnd = at + 1;
                while (characterEnd < octets.length && (octets[characterEnd] & 0xC0) == 0x80) {
                    characterEnd++;
                }
                int width = 0;
                for (int i = at; i < characterEnd; i++) {
                    width += isAttributeCharacter(octets[i]) ? 1 : 3;
                }
                // One column for the blank before, one for the semicolon after.
                if (line.length() + width > LINE_LENGTH - 2) {
                    break;
                }
                for (; at < characterEnd; at++) {
                    appendAttribute(octets[at], line);
                }
            }
            raw(";");
            fold();
            raw(section == 0 && at == octets.length ? line.toString().replaceFirst("\\*0\\*", "*") : line.toString());
            section++;
        }
    }

    private static void appendAttribute(byte octet, StringBuilder line) {
        if (isAttributeCharacter(octet)) {
            line.append((char) octet);
        } else {
            line.append('%')
                    .append(Character.toUpperCase(Character.forDigit(octet >> 4 & 15, 16)))
                    .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
        }
    }

    private static boolean isAttributeCharacter(byte octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || octet == '-'
                || octet == '.'
                || octet == '_';
    }

    private void quoted(String value) {
        raw(quotedString(value));
    }

    private static String quotedString(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }

    private static boolean isPrintableAscii(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /** Words of letters, digits and hyphens with one blank between them: a phrase that needs no quotes. */
    private static boolean isAtoms(String text) {
        boolean blank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' && blank) {
                return false;
            }
            blank = c == ' ';
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!blank && !letter && c != '-') {
                return false;
            }
        }
        return !blank;
    }

    private void fold() {
        raw("\r\n");
        lineStart = length;
        raw(" ");
    }

    private int column() {
        return length - lineStart;
    }

    private void requireLineLength(String name) {
        if (column() > LONGEST_LINE) {
            throw new IllegalArgumentException("a line of " + name + " is longer than 998 octets");
        }
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
        }
    }
}
