package org.hongyan.server.delivery;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The unsubscribe line at the end of a mail, in the language that the sender chose. Thread-safe. */
@Component
final class UnsubscribeFooter {

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar");

    private record Words(String sentence, String link) {}

    private final Map<String, Words> wordsByLanguage = new ConcurrentHashMap<>();

    /** Puts the line before the end of the body. */
    String appendToHtml(String html, String language, String link) {
        Words words = words(language);
        String direction = RIGHT_TO_LEFT.contains(language) ? " dir=\"rtl\"" : "";
        String line = "<div" + direction + " style=\"margin-top:24px;padding-top:12px;border-top:1px solid #ddd;"
                + "font-size:12px;line-height:1.6;color:#888;text-align:center\">" + words.sentence() + " <a href=\""
                + escaped(link) + "\" style=\"color:#888\">" + words.link() + "</a></div>";
        int end = lastEndOfBody(html);
        return end < 0 ? html + line : html.substring(0, end) + line + html.substring(end);
    }

    /** Puts the line at the end. */
    String appendToText(String text, String language, String link) {
        Words words = words(language);
        String gap = text.endsWith("\n") ? "\n" : "\n\n";
        return text + gap + "-- \n" + words.sentence() + " " + words.link() + ": " + link + "\n";
    }

    private Words words(String language) {
        return wordsByLanguage.computeIfAbsent(language, tag -> {
            ResourceBundle bundle = ResourceBundle.getBundle(
                    "i18n.delivery.unsubscribe",
                    Locale.forLanguageTag(tag),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            return new Words(bundle.getString("sentence"), bundle.getString("link"));
        });
    }

    private static int lastEndOfBody(String html) {
        for (int i = html.length() - "</body".length(); i >= 0; i--) {
            if (html.charAt(i) == '<' && html.regionMatches(true, i, "</body", 0, "</body".length())) {
                return i;
            }
        }
        return -1;
    }

    private static String escaped(String link) {
        return link.replace("&", "&amp;").replace("\"", "&quot;");
    }
}
