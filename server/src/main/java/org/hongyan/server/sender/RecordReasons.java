package org.hongyan.server.sender;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Words for people about a record check, in English and Chinese, with its facts filled in. */
public final class RecordReasons {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private RecordReasons() {}

    /** One or two sentences; plain text, to be escaped where it is shown. */
    public static String text(DnsRecordCheck check, Locale locale) {
        return text(check.reason(), check.reasonFacts(), locale);
    }

    static String text(String reason, Map<String, String> facts, Locale locale) {
        // All Chinese is served by the bundle of the mainland.
        Locale served = locale.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT;
        String pattern;
        try {
            pattern = ResourceBundle.getBundle("i18n/sender/messages", served, NO_FALLBACK)
                    .getString("sender.reason." + reason);
        } catch (MissingResourceException unknown) {
            // A record that was judged by a newer version of the service: its key still says something.
            return reason;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            int open = pattern.indexOf('{', at);
            int close = open < 0 ? -1 : pattern.indexOf('}', open);
            if (close < 0) {
                break;
            }
            // Values are put in, not looked at again: they come from the DNS of strangers.
            text.append(pattern, at, open).append(facts.getOrDefault(pattern.substring(open + 1, close), "?"));
            at = close + 1;
        }
        return text.append(pattern.substring(at)).toString();
    }
}
