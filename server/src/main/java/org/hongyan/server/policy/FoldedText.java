package org.hongyan.server.policy;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Text with disguises taken off, so that the rules need one spelling of a word: compatibility forms (full-width, circled
 * and styled letters and digits) become plain, case is folded, invisible characters go, look-alike letters become Latin
 * ones. Each character remembers which one of the original it stands for.
 */
final class FoldedText {

    /** What is dropped or changed besides. */
    enum Style {
        /** White space and punctuation stay. */
        SPACED,
        /** As {@link #SPACED}, and Chinese numerals become digits. */
        NUMERALS,
        /** Only letters and digits stay, for words of scripts that write without spaces. */
        DENSE
    }

    /** Letters of other scripts that are drawn like Latin ones, as far as spammers use them. */
    private static final Map<Character, Character> LOOK_ALIKES = Map.ofEntries(
            Map.entry('а', 'a'),
            Map.entry('е', 'e'),
            Map.entry('о', 'o'),
            Map.entry('р', 'p'),
            Map.entry('с', 'c'),
            Map.entry('х', 'x'),
            Map.entry('у', 'y'),
            Map.entry('і', 'i'),
            Map.entry('ѕ', 's'),
            Map.entry('ԛ', 'q'),
            Map.entry('ԝ', 'w'),
            Map.entry('ν', 'v'),
            Map.entry('ο', 'o'),
            Map.entry('ѵ', 'v'));

    private static final String NUMERALS = "零一二三四五六七八九";
    private static final String BANKERS_NUMERALS = "〇壹贰叁肆伍陆柒捌玖";

    private final String text;
    private final int[] origins;

    private FoldedText(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    static FoldedText of(String original, Style style) {
        StringBuilder folded = new StringBuilder(original.length());
        IntList origins = new IntList(original.length() + 16);
        for (int i = 0; i < original.length(); ) {
            int c = original.codePointAt(i);
            int length = Character.charCount(c);
            if (c < 128) {
                append((char) c, i, style, folded, origins);
            } else if (!isInvisible(c)) {
                String plain = Normalizer.normalize(original.substring(i, i + length), Normalizer.Form.NFKC);
                for (int k = 0; k < plain.length(); k++) {
                    append(plain.charAt(k), i, style, folded, origins);
                }
            }
            i += length;
        }
        return new FoldedText(folded.toString(), origins.toArray());
    }

    String text() {
        return text;
    }

    /** Index in the original of the character at {@code index}. */
    int origin(int index) {
        return index < origins.length ? origins[index] : origins.length == 0 ? 0 : origins[origins.length - 1] + 1;
    }

    private static void append(char c, int origin, Style style, StringBuilder folded, IntList origins) {
        char lower = Character.toLowerCase(c);
        lower = LOOK_ALIKES.getOrDefault(lower, lower);
        if (style == Style.NUMERALS) {
            int digit = Math.max(NUMERALS.indexOf(lower), BANKERS_NUMERALS.indexOf(lower));
            lower = digit >= 0 ? (char) ('0' + digit) : lower;
        }
        if (style == Style.DENSE && !Character.isLetterOrDigit(lower) && !Character.isSurrogate(lower)) {
            return;
        }
        folded.append(lower);
        origins.add(origin);
    }

    /** Zero-width and other characters that are not drawn; the marks that make a keycap out of a digit. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0x20E3
                || c == 0x034F
                || c == 0x115F
                || c == 0x3164
                || c == 0x00AD;
    }

    /** Folds a word of a list in the same way. */
    static String fold(String word, Style style) {
        return of(word.toLowerCase(Locale.ROOT), style).text();
    }

    private static final class IntList {
        private int[] values;
        private int size;

        IntList(int capacity) {
            values = new int[capacity];
        }

        void add(int value) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int[] toArray() {
            return java.util.Arrays.copyOf(values, size);
        }
    }
}
