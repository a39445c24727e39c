package org.hongyan.mail.address;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Labels of internationalised names: the mapping of people's input as UTS 46 has it, the code points that IDNA 2008
 * allows (RFC 5892, approximated by Unicode general categories), and Punycode (RFC 3492).
 *
 * <p>{@link java.net.IDN} was rejected: it is IDNA 2003, turns {@code ß} into {@code ss} and so sends mail to another
 * domain than the one that was written, and lets symbols through.
 */
final class Idna {

    private static final String PREFIX = "xn--";
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;

    private Idna() {}

    /** Folds full-width forms, ideographic full stops and case, so that the labels can be split at dots. */
    static String mapped(String name) {
        String dots = name.replace('\u3002', '.').replace('\uFF0E', '.').replace('\uFF61', '.');
        return Normalizer.normalize(
                Normalizer.normalize(dots, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    /**
     * The A-label of a mapped label; an ASCII label is given back as it is.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static String toAscii(String label) {
        if (label.chars().allMatch(c -> c < 128)) {
            return label;
        }
        requireUnicodeLabel(label);
        return PREFIX + encode(label);
    }

    /** The U-label behind an A-label; empty when it is not one that {@link #toAscii} would make. */
    static Optional<String> toUnicode(String label) {
        if (!label.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            String decoded = decode(label.substring(PREFIX.length()));
            boolean canonical =
                    mapped(decoded).equals(decoded) && toAscii(decoded).equals(label);
            return canonical ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException notIdna) {
            return Optional.empty();
        }
    }

    /** Whether a label that starts with {@code xn--} holds Punycode of something that can be seen. */
    static boolean isDecodable(String label) {
        try {
            String decoded = decode(label.substring(PREFIX.length()));
            boolean visible = decoded.chars().anyMatch(c -> c > 127) && !EmailAddressGrammar.holdsControl(decoded);
            return visible && encode(decoded).equals(label.substring(PREFIX.length()));
        } catch (IllegalArgumentException notPunycode) {
            return false;
        }
    }

    private static void requireUnicodeLabel(String label) {
        if (label.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a label starts with xn-- and is not ASCII");
        }
        if (label.length() > 63) {
            throw new IllegalArgumentException("a label is longer than 63 octets");
        }
        boolean first = true;
        boolean leftToRight = false;
        boolean rightToLeft = false;
        for (int i = 0; i < label.length(); ) {
            int c = label.codePointAt(i);
            if (!isAllowed(c)) {
                throw new IllegalArgumentException(
                        String.format("the character U+%04X is not allowed in a domain name", c));
            }
            if (first && isMark(c)) {
                throw new IllegalArgumentException("a label starts with a combining mark");
            }
            byte direction = Character.getDirectionality(c);
            leftToRight |= direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
            rightToLeft |= direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
            first = false;
            i += Character.charCount(c);
        }
        // RFC 5893: a label that mixes both directions is shown in an order that nobody can foresee.
        if (leftToRight && rightToLeft) {
            throw new IllegalArgumentException("a label mixes left-to-right and right-to-left letters");
        }
    }

    private static boolean isAllowed(int c) {
        if (c < 128) {
            return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
        }
        // RFC 5892 appendix B.1 and section 2.6: tatweel, Hangul jamo and the like are letters, yet disallowed.
        if (c == 0x0640 || c == 0x07FA || c >= 0x1100 && c <= 0x11FF || c == 0x302E || c == 0x302F || c == 0x303B) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> isMark(c);
        };
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** RFC 3492 §6.3. */
    private static String encode(String label) {
        int[] input = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int c : input) {
            if (c < 128) {
                out.append((char) c);
            }
        }
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        while (handled < input.length) {
            int bound = n;
            int next = Arrays.stream(input).filter(c -> c >= bound).min().orElseThrow();
            delta = Math.addExact(delta, Math.multiplyExact(next - n, handled + 1));
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendVariableLength(out, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static void appendVariableLength(StringBuilder out, int delta, int bias) {
        int q = delta;
        for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
                out.append(digit(q));
                return;
            }
            out.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
    }

    /** RFC 3492 §6.2. */
    private static String decode(String punycode) {
        int delimiter = punycode.lastIndexOf('-');
        StringBuilder out = new StringBuilder(punycode.substring(0, Math.max(delimiter, 0)));
        int n = INITIAL_N;
        int i = 0;
        int bias = INITIAL_BIAS;
        int at = delimiter < 0 ? 0 : delimiter + 1;
        int length = out.length();
        try {
            while (at < punycode.length()) {
                int before = i;
                int weight = 1;
                for (int k = BASE; ; k += BASE) {
                    if (at == punycode.length()) {
                        throw new IllegalArgumentException("the Punycode ends too early");
                    }
                    int value = value(punycode.charAt(at++));
                    i = Math.addExact(i, Math.multiplyExact(value, weight));
                    int t = threshold(k, bias);
                    if (value < t) {
                        break;
                    }
                    weight = Math.multiplyExact(weight, BASE - t);
                }
                length++;
                bias = adapt(i - before, length, before == 0);
                n = Math.addExact(n, i / length);
                i %= length;
                if (n > Character.MAX_CODE_POINT || n >= 0xD800 && n <= 0xDFFF) {
                    throw new IllegalArgumentException("the Punycode is out of range");
                }
                out.insert(out.offsetByCodePoints(0, i), Character.toChars(n));
                i++;
            }
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("the Punycode is out of range", overflow);
        }
        return out.toString();
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, T_MIN, T_MAX);
    }

    private static int adapt(int delta, int points, boolean firstTime) {
        int d = firstTime ? delta / DAMP : delta / 2;
        d += d / points;
        int k = 0;
        while (d > (BASE - T_MIN) * T_MAX / 2) {
            d /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * d / (d + SKEW);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 26;
        }
        throw new IllegalArgumentException("the Punycode has a wrong digit");
    }
}
