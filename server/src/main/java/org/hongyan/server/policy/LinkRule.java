package org.hongyan.server.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.PublicSuffixes;
import org.hongyan.server.policy.Finding.Severity;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** C4, C12 and C13, and the chat links of C1: what links may not do. */
final class LinkRule {

    private static final Set<String> RUNS_CODE = Set.of("javascript", "vbscript", "livescript", "mocha", "jscript");
    private static final Set<String> CARRIES_ITSELF = Set.of("data", "blob", "filesystem", "file", "view-source");

    private static final Set<String> SHORTENERS = Set.of(
            "t.cn",
            "url.cn",
            "dwz.cn",
            "suo.im",
            "mrw.so",
            "u.nu",
            "bit.ly",
            "goo.gl",
            "tinyurl.com",
            "ow.ly",
            "is.gd",
            "buff.ly",
            "rebrand.ly",
            "cutt.ly",
            "t.ly",
            "rb.gy",
            "shorturl.at",
            "sourl.cn",
            "suowo.cn",
            "dlj.li",
            "6du.in",
            "w.url.cn",
            "985.so",
            "soo.gd",
            "v.gd",
            "adf.ly");

    private static final Pattern SCHEME = Pattern.compile("^([a-z][a-z0-9+.-]*):");
    private static final Pattern LINK_IN_TEXT = Pattern.compile("(?:https?://|www\\.)[^\\s<>\"'，。；、（）()]{3,2000}");
    private static final Pattern SITE_AS_TEXT =
            Pattern.compile("^(?:https?://)?((?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24})(?:[/:?#].*)?$");

    /** Each place costs a walk over the text, so hostile content must not have as many as it likes. */
    private static final int MOST_FINDINGS = 100;

    private LinkRule() {}

    static List<Finding> examine(Content content) {
        List<Finding> findings = new ArrayList<>();
        Document html = content.html();
        if (html != null) {
            for (Element element : html.getAllElements()) {
                for (String attribute :
                        List.of("href", "src", "action", "formaction", "background", "poster", "xlink:href")) {
                    if (element.hasAttr(attribute)) {
                        String place = content.placeOf(element);
                        examine(element, attribute, place, findings);
                    }
                }
            }
        }
        for (Passage passage : content.passages()) {
            Matcher links = LINK_IN_TEXT.matcher(passage.text());
            while (findings.size() < MOST_FINDINGS && links.find()) {
                int start = links.start();
                examineTarget(links.group(), () -> passage.placeOf(start), findings);
            }
        }
        return findings;
    }

    private static void examine(Element element, String attribute, String place, List<Finding> findings) {
        String target = asBrowsersReadIt(element.attr(attribute));
        boolean image = element.nameIs("img") || element.nameIs("image") || attribute.equals("background");
        if (image && target.startsWith("data:image/")) {
            return;
        }
        examineTarget(target, () -> place, findings);
        if (element.nameIs("a") && attribute.equals("href")) {
            disguise(element, target)
                    .ifPresent(shown -> findings.add(
                            new Finding(PolicyRule.C12, Severity.NEEDS_PERSON, place, shown + " → " + target)));
        }
    }

    private static void examineTarget(String given, Supplier<String> place, List<Finding> findings) {
        String target = asBrowsersReadIt(given);
        Matcher scheme = SCHEME.matcher(target);
        String name = scheme.find() ? scheme.group(1) : "";
        if (RUNS_CODE.contains(name) || CARRIES_ITSELF.contains(name)) {
            findings.add(new Finding(PolicyRule.C4, Severity.REFUSED, place.get(), target));
        } else if (ContactRule.isChatLink(target)) {
            findings.add(new Finding(PolicyRule.C1, Severity.REFUSED, place.get(), target));
        } else {
            Authority authority = Authority.of(target);
            if (authority.isAddress() || authority.hasUser()) {
                findings.add(new Finding(PolicyRule.C4, Severity.REFUSED, place.get(), target));
            } else if (SHORTENERS.contains(authority.host())) {
                findings.add(new Finding(PolicyRule.C13, Severity.NEEDS_PERSON, place.get(), target));
            }
        }
    }

    /** A link that shows one site and leads to another. A redirecting click counter of the same owner does not count. */
    private static Optional<String> disguise(Element link, String target) {
        Matcher shown = SITE_AS_TEXT.matcher(link.text().strip().toLowerCase(Locale.ROOT));
        String leadsTo = Authority.of(target).host();
        if (!shown.matches() || leadsTo.isEmpty() || leadsTo.indexOf('{') >= 0) {
            return Optional.empty();
        }
        return sameOwner(shown.group(1), leadsTo) ? Optional.empty() : Optional.of(shown.group(1));
    }

    private static boolean sameOwner(String one, String other) {
        return owner(one).equals(owner(other));
    }

    private static String owner(String host) {
        return DomainName.tryParse(host)
                .map(name -> PublicSuffixes.registrableDomain(name).orElse(name).ascii())
                .orElse(host);
    }

    /** White space and control characters within a scheme are skipped by browsers, so they hide nothing here either. */
    private static String asBrowsersReadIt(String target) {
        StringBuilder read = new StringBuilder(target.length());
        target.strip().chars().filter(c -> c > ' ' && c != 127).forEach(c -> read.append((char) c));
        int colon = read.indexOf(":");
        return colon < 0 ? read.toString() : read.substring(0, colon).toLowerCase(Locale.ROOT) + read.substring(colon);
    }

    /**
     * The host part of a link.
     *
     * @param host lower case; empty for a link without one
     */
    private record Authority(String host, boolean hasUser) {

        private static final Pattern IPV4 = Pattern.compile("(?:0x[0-9a-f]+|\\d+)(?:\\.(?:0x[0-9a-f]+|\\d+)){0,3}");

        static Authority of(String target) {
            String rest;
            int slashes = target.indexOf("//");
            if (target.startsWith("www.")) {
                rest = target;
            } else if (slashes == 0 || slashes > 0 && target.charAt(slashes - 1) == ':') {
                rest = target.substring(slashes + 2);
            } else {
                return new Authority("", false);
            }
            int end = 0;
            while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            String authority = rest.substring(0, end);
            int at = authority.lastIndexOf('@');
            String hostAndPort = authority.substring(at + 1);
            int close = hostAndPort.indexOf(']');
            int colon = hostAndPort.indexOf(':', Math.max(0, close));
            String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
            return new Authority(host.toLowerCase(Locale.ROOT), at >= 0);
        }

        /** Also in the spellings of old C libraries: {@code 0x7f000001}, {@code 2130706433}. */
        boolean isAddress() {
            return host.startsWith("[") || IPV4.matcher(host).matches();
        }
    }
}
