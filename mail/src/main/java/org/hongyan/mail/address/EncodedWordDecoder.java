package org.hongyan.mail.address;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the encoded words of a header value (RFC 2047), as leniently as mail programs do: what is not a well-formed
 * encoded word stays as it is, and a character cut in two between neighbours of one charset is put together again.
 */
final class EncodedWordDecoder {

    /** RFC 2047 §2 says 75; some programs put a whole name into one word. The bound keeps the search linear. */
    private static final int LONGEST_WORD = 2048;

    private record Word(Charset charset, byte[] octets, int end) {}

    private EncodedWordDecoder() {}

    static String decode(String value) {
        if (!value.contains("=?")) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            Word word = wordAt(value, at);
            if (word == null) {
                out.append(value.charAt(at));
                at++;
                continue;
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            octets.writeBytes(word.octets);
            at = word.end;
            Word next = wordAt(value, afterBlank(value, at));
            while (next != null && next.charset.equals(word.charset)) {
                octets.writeBytes(next.octets);
                at = next.end;
                next = wordAt(value, afterBlank(value, at));
            }
            out.append(new String(octets.toByteArray(), word.charset));
            if (next != null) {
                at = afterBlank(value, at);
            }
        }
        return out.toString();
    }

    private static int afterBlank(String value, int from) {
        int at = from;
        while (at < value.length() && Character.isWhitespace(value.charAt(at))) {
            at++;
        }
        return at;
    }

    private static @Nullable Word wordAt(String value, int at) {
        if (!value.startsWith("=?", at)) {
            return null;
        }
        int limit = Math.min(value.length(), at + LONGEST_WORD);
        int charsetEnd = value.indexOf('?', at + 2, limit);
        if (charsetEnd < 0 || charsetEnd + 2 >= value.length() || value.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        int end = value.indexOf("?=", Math.min(charsetEnd + 3, limit), limit);
        if (end < 0) {
            return null;
        }
        Charset charset = charset(value.substring(at + 2, charsetEnd));
        String text = value.substring(charsetEnd + 3, end);
        byte[] octets = switch (value.charAt(charsetEnd + 1)) {
            case 'B', 'b' -> base64(text);
            case 'Q', 'q' -> quoted(text);
            default -> null;
        };
        return charset == null || octets == null ? null : new Word(charset, octets, end + 2);
    }

    private static @Nullable Charset charset(String name) {
        int language = name.indexOf('*');
        String bare = language < 0 ? name : name.substring(0, language);
        try {
            // GB 2312 as mail programs mean it is its superset GBK.
            return Charset.forName(bare.equalsIgnoreCase("gb2312") ? "GBK" : bare);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        } catch (IllegalArgumentException empty) {
            return null;
        }
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static byte @Nullable [] quoted(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '_') {
                octets.write(' ');
            } else if (c == '=') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) {
                    return null;
                }
                octets.write(high << 4 | low);
                i += 2;
            } else if (c < 128) {
                octets.write(c);
            } else {
                return null;
            }
        }
        return octets.toByteArray();
    }
}
