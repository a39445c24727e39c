package org.hongyan.sandbox.provider;

import java.util.Locale;
import org.hongyan.mail.address.EmailAddress;

/**
 * Which recipients a behaviour was set for: an address in which {@code *} stands for anything, a domain for all of its
 * addresses, or {@code *} for everybody.
 *
 * @param text lower case, with one at sign
 */
record RecipientPattern(String text) {

    private static final String EVERYBODY = "*@*";

    /** @throws IllegalArgumentException when the text is no such pattern */
    static RecipientPattern parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("*")) {
            return new RecipientPattern(EVERYBODY);
        }
        String full = lower.startsWith("@") ? "*" + lower : lower.indexOf('@') < 0 ? "*@" + lower : lower;
        boolean wellFormed = full.length() <= 320
                && full.indexOf('@') == full.lastIndexOf('@')
                && !full.startsWith("@")
                && !full.endsWith("@")
                && full.chars().noneMatch(c -> c <= 32 || c == 127);
        if (!wellFormed) {
            throw new IllegalArgumentException("'" + text + "' is neither an address, nor a domain, nor *");
        }
        return new RecipientPattern(full);
    }

    boolean isEverybody() {
        return text.equals(EVERYBODY);
    }

    /** Letters that are not left open: the pattern with more of them is the more particular one. */
    int particularity() {
        return (int) text.chars().filter(c -> c != '*').count();
    }

    boolean covers(EmailAddress recipient) {
        return matches(recipient.comparisonKey());
    }

    /** Greedy match with one place to come back to, so that no pattern takes more than quadratic time. */
    private boolean matches(String address) {
        int p = 0;
        int a = 0;
        int star = -1;
        int resume = 0;
        while (a < address.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                resume = a;
            } else if (p < text.length() && text.charAt(p) == address.charAt(a)) {
                p++;
                a++;
            } else if (star >= 0) {
                p = star + 1;
                a = ++resume;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }
}
