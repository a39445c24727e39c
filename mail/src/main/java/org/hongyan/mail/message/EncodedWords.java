package org.hongyan.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A text as encoded words (RFC 2047): UTF-8, B or Q by what is smaller, each word made of whole characters. Used by one
 * thread.
 */
final class EncodedWords {

    /** A word with one character of four octets in its longest form. */
    static final int SHORTEST = 24;

    private static final String B_START = "=?UTF-8?B?";
    private static final String Q_START = "=?UTF-8?Q?";
    private static final String END = "?=";
    private static final int FRAME = B_START.length() + END.length();
    /** RFC 2047 §2. */
    private static final int LONGEST_WORD = 75;

    private final byte[] octets;
    private final boolean base64;
    private int at;

    EncodedWords(String text) {
        octets = text.getBytes(StandardCharsets.UTF_8);
        int quoted = 0;
        for (byte b : octets) {
            quoted += isPlain(b) || b == ' ' ? 1 : 3;
        }
        base64 = (octets.length + 2) / 3 * 4 <= quoted;
    }

    /** Whether a text cannot stand in a header as it is, or would be read as something else there. */
    static boolean needed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > 126) {
                return true;
            }
        }
        boolean blankEnds = text.startsWith(" ") || text.endsWith(" ");
        return blankEnds || text.contains("=?");
    }

    boolean isEmpty() {
        return at == octets.length;
    }

    /** Octets of text that a word of that width takes; 0 when not a single character fits. */
    int room(int width) {
        return end(width) - at;
    }

    /** The next word, at most {@code width} wide but for a single character that fits nowhere. */
    String next(int width) {
        int end = end(width);
        if (end == at) {
            end = characterEnd(at);
        }
        String word = base64
                ? B_START + Base64.getEncoder().encodeToString(Arrays.copyOfRange(octets, at, end)) + END
                : quoted(end);
        at = end;
        return word;
    }

    private int end(int width) {
        int payload = Math.min(width, LONGEST_WORD) - FRAME;
        int end = at;
        int used = 0;
        while (end < octets.length) {
            int next = characterEnd(end);
            if (base64) {
                if ((next - at + 2) / 3 * 4 > payload) {
                    break;
                }
            } else {
                for (int i = end; i < next; i++) {
                    used += isPlain(octets[i]) || octets[i] == ' ' ? 1 : 3;
                }
                if (used > payload) {
                    break;
                }
            }
            end = next;
        }
        return end;
    }

    private int characterEnd(int from) {
        int end = from + 1;
        while (end < octets.length && (octets[end] & 0xC0) == 0x80) {
            end++;
        }
        return end;
    }

    private String quoted(int end) {
        StringBuilder word = new StringBuilder(LONGEST_WORD).append(Q_START);
        for (int i = at; i < end; i++) {
            byte b = octets[i];
            if (b == ' ') {
                word.append('_');
            } else if (isPlain(b)) {
                word.append((char) b);
            } else {
                word.append('=')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return word.append(END).toString();
    }

    /** What may stand in a word inside a phrase, the strictest place (RFC 2047 §5 (3)). */
    private static boolean isPlain(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '!'
                || b == '*'
                || b == '+'
                || b == '-'
                || b == '/';
    }
}
