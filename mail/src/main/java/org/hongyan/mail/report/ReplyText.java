package org.hongyan.mail.report;

import java.util.List;
import java.util.Locale;
import org.hongyan.mail.smtp.EnhancedStatus;

/**
 * A reply as rules see it: codes apart, text in lower case with its white space folded.
 *
 * @param code basic code; empty when there is none
 * @param status enhanced code; empty when there is none
 */
record ReplyText(String code, String status, String text) {

    private static final int LONGEST = 4_000;

    /** Reads a reply with or without its codes; what is longer than 4,000 characters is cut. */
    static ReplyText of(String reply) {
        String rest = reply.length() > LONGEST ? reply.substring(0, LONGEST) : reply;
        rest = folded(rest);
        String code = "";
        if (startsWithCode(rest)) {
            code = rest.substring(0, 3);
            rest = rest.substring(3).stripLeading();
            if (rest.startsWith("-")) {
                rest = rest.substring(1).stripLeading();
            }
        }
        String status = "";
        var enhanced = EnhancedStatus.atStartOf(rest.startsWith("#") ? rest.substring(1) : rest);
        if (enhanced.isPresent()) {
            status = enhanced.get().toString();
            rest = rest.substring(rest.indexOf(status) + status.length()).stripLeading();
        }
        return new ReplyText(code, status, rest);
    }

    boolean hasCode(String prefix) {
        return prefix.indexOf('.') >= 0
                ? status.equals(prefix)
                        || status.startsWith(prefix + ".")
                        || prefix.endsWith(".") && status.startsWith(prefix)
                : code.startsWith(prefix);
    }

    /** Whether all parts occur, one after the other. */
    boolean contains(List<String> parts) {
        int from = 0;
        for (String part : parts) {
            int at = text.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    private static boolean startsWithCode(String text) {
        return text.length() >= 3
                && text.charAt(0) >= '2'
                && text.charAt(0) <= '9'
                && Character.isDigit(text.charAt(1))
                && Character.isDigit(text.charAt(2))
                && (text.length() == 3 || text.charAt(3) == ' ' || text.charAt(3) == '-');
    }

    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        boolean space = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c <= ' ' || c == 0x7F || c == 0xA0;
            if (!blank) {
                folded.append(c);
            } else if (!space) {
                folded.append(' ');
            }
            space = blank;
        }
        return folded.toString().toLowerCase(Locale.ROOT).stripTrailing();
    }
}
