package org.hongyan.server.console;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.springframework.context.i18n.LocaleContextHolder;

/** The sender room's words on what a look at a DNS record showed, in the language of the request. */
final class RecordReasons {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private RecordReasons() {}

    /**
     * The sentence with its named facts filled in; empty when that room has none.
     *
     * @param reason key below {@code sender.reason.}
     */
    static String text(String reason, Map<String, String> facts) {
        boolean chinese = LocaleContextHolder.getLocale().getLanguage().equals("zh");
        ResourceBundle bundle = ResourceBundle.getBundle(
                "i18n/sender/messages", chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT, NO_FALLBACK);
        String key = "sender.reason." + reason;
        return bundle.containsKey(key) ? filled(bundle.getString(key), facts) : "";
    }

    /** In one pass, so that a fact which holds braces stays as it is. */
    private static String filled(String text, Map<String, String> facts) {
        StringBuilder result = new StringBuilder(text.length() + 40);
        int at = 0;
        while (true) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                return result.append(text, at, text.length()).toString();
            }
            result.append(text, at, open).append(facts.getOrDefault(text.substring(open + 1, close), Figures.UNKNOWN));
            at = close + 1;
        }
    }
}
