package org.hongyan.server.api;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** Texts of errors in the language of {@code X-TC-Language}; named facts stand in braces. */
final class ApiTexts {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private ApiTexts() {}

    static String text(TencentError error, String language) {
        Locale locale = language.toLowerCase(Locale.ROOT).startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT;
        String text = ResourceBundle.getBundle("i18n.api.messages", locale, NO_FALLBACK)
                .getString(error.text());
        return fill(text, error.facts());
    }

    /** One pass, so that a fact which holds braces is never filled in itself. */
    private static String fill(String text, Map<String, String> facts) {
        StringBuilder filled = new StringBuilder(text.length() + 40);
        int at = 0;
        while (true) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                return filled.append(text, at, text.length()).toString();
            }
            String fact = facts.get(text.substring(open + 1, close));
            if (fact == null) {
                throw new IllegalStateException("no fact for " + text.substring(open, close + 1) + " in: " + text);
            }
            filled.append(text, at, open).append(shortened(fact));
            at = close + 1;
        }
    }

    private static String shortened(String fact) {
        return fact.length() <= 200 ? fact : fact.substring(0, 200) + "…";
    }
}
