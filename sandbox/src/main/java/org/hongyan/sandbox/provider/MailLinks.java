package org.hongyan.sandbox.provider;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hongyan.sandbox.inbox.ParsedMail;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a mail program would load or offer to click. */
final class MailLinks {

    private static final int MOST_IMAGES = 20;
    private static final int MOST_LINKS = 3;
    private static final Pattern PLAIN_URL = Pattern.compile("https?://[^\\s<>\"]+");
    private static final Pattern BRACKETED = Pattern.compile("<([^<>\\s]+)>");

    private MailLinks() {}

    /** URLs of the images. */
    static List<String> images(ParsedMail mail) {
        Set<String> urls = new LinkedHashSet<>();
        for (Element image : Jsoup.parse(mail.html()).select("img[src]")) {
            addWeb(urls, image.attr("src"));
        }
        return urls.stream().limit(MOST_IMAGES).toList();
    }

    /** URLs that a reader might follow out of interest: no unsubscribe link is among them. */
    static List<String> links(ParsedMail mail) {
        Set<String> urls = new LinkedHashSet<>();
        if (mail.html().isEmpty()) {
            PLAIN_URL.matcher(mail.text()).results().map(MatchResult::group).forEach(url -> addWeb(urls, url));
        } else {
            Document document = Jsoup.parse(mail.html());
            for (Element link : document.select("a[href]")) {
                if (!isUnsubscription(link.text())) {
                    addWeb(urls, link.attr("href"));
                }
            }
        }
        List<String> unsubscribe = listUnsubscribe(mail);
        return urls.stream()
                .filter(url -> !isUnsubscription(url) && !unsubscribe.contains(url))
                .limit(MOST_LINKS)
                .toList();
    }

    /** The URL that RFC 8058 lets a mail program post to; empty when the mail does not offer it. */
    static Optional<String> oneClick(ParsedMail mail) {
        boolean offered = mail.headers().stream()
                .anyMatch(field -> field.isNamed("List-Unsubscribe-Post")
                        && field.unfolded().equalsIgnoreCase("List-Unsubscribe=One-Click"));
        return offered ? listUnsubscribe(mail).stream().findFirst() : Optional.empty();
    }

    private static List<String> listUnsubscribe(ParsedMail mail) {
        return mail.headers().stream()
                .filter(field -> field.isNamed("List-Unsubscribe"))
                .flatMap(field -> BRACKETED.matcher(field.unfolded()).results())
                .map(match -> match.group(1))
                .filter(MailLinks::isWeb)
                .toList();
    }

    private static void addWeb(Set<String> urls, String url) {
        String stripped = url.strip();
        if (isWeb(stripped)) {
            urls.add(stripped);
        }
    }

    private static boolean isWeb(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    private static boolean isUnsubscription(String text) {
        return text.toLowerCase(Locale.ROOT).contains("unsubscribe") || text.contains("退订");
    }
}
