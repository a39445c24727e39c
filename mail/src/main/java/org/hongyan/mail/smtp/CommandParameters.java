package org.hongyan.mail.smtp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parameters after the path of MAIL or RCPT (RFC 5321 §4.1.2), read one by one: {@link #next} moves on, {@link #keyword} and
 * {@link #value} tell where it stands.
 */
final class CommandParameters {

    /** What {@link #next} came upon. */
    enum Found {
        PARAMETER,
        END,
        MALFORMED
    }

    private static final int LONGEST_KEYWORD = 32;

    private final String text;
    private int at;
    private String keyword = "";
    private String value = "";

    CommandParameters(String text) {
        this.text = text;
    }

    /** Moves to the next parameter. */
    Found next() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length()) {
            return Found.END;
        }
        int end = text.indexOf(' ', at);
        end = end < 0 ? text.length() : end;
        int equals = text.indexOf('=', at);
        int keywordEnd = equals < 0 || equals > end ? end : equals;
        keyword = text.substring(at, keywordEnd).toUpperCase(Locale.ROOT);
        value = keywordEnd == end ? "" : text.substring(keywordEnd + 1, end);
        at = end;
        boolean valueMissing = keywordEnd < end && value.isEmpty();
        return isKeyword(keyword) && !valueMissing && value.indexOf('=') < 0 ? Found.PARAMETER : Found.MALFORMED;
    }

    /** Upper case letters, digits and hyphens. */
    String keyword() {
        return keyword;
    }

    /** Empty when the parameter has none. */
    String value() {
        return value;
    }

    /** The octets of {@code SIZE=}, or -1 when the text is no such number. Twenty digits are legal, so it saturates. */
    static long size(String digits) {
        if (digits.isEmpty() || digits.length() > 20) {
            return -1;
        }
        long size = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            size = size > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE : size * 10 + digit;
        }
        return size;
    }

    /** Whether {@code text} is xtext (RFC 3461 §4) of 1 to {@code longest} characters; {@code beyondAscii} as RFC 6533 §3 allows. */
    static boolean isXtext(String text, int longest, boolean beyondAscii) {
        if (text.isEmpty() || text.length() > longest) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                if (i + 2 >= text.length() || !isUpperHex(text.charAt(i + 1)) || !isUpperHex(text.charAt(i + 2))) {
                    return false;
                }
                i += 2;
            } else if (c <= ' ' || c == '=' || c == 127 || c > 127 && !beyondAscii) {
                return false;
            }
        }
        return true;
    }

    /** {@code NEVER}, or a list of the others, in upper case; null when malformed (RFC 3461 §4.1). */
    static @Nullable String notify(String value) {
        String upper = value.toUpperCase(Locale.ROOT);
        if (upper.equals("NEVER")) {
            return upper;
        }
        int seen = 0;
        for (String word : upper.split(",", -1)) {
            int bit = switch (word) {
                case "SUCCESS" -> 1;
                case "FAILURE" -> 2;
                case "DELAY" -> 4;
                default -> 0;
            };
            if (bit == 0 || (seen & bit) != 0) {
                return null;
            }
            seen |= bit;
        }
        return upper;
    }

    /** Whether {@code value} is {@code type;xtext} (RFC 3461 §4.2). */
    static boolean isOriginalRecipient(String value, boolean beyondAscii) {
        int semicolon = value.indexOf(';');
        return semicolon > 0
                && value.length() <= 500
                && isKeyword(value.substring(0, semicolon).toUpperCase(Locale.ROOT))
                && isXtext(value.substring(semicolon + 1), 500, beyondAscii);
    }

    private static boolean isKeyword(String text) {
        if (text.isEmpty() || text.length() > LONGEST_KEYWORD || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUpperHex(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
    }
}
