package org.hongyan.server.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.hongyan.server.policy.Finding.Severity;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** C11: what acts by itself, asks for data within the mail, or can change after the review. */
final class ActiveContentRule {

    private static final Map<String, Severity> ELEMENTS = Map.ofEntries(
            Map.entry("script", Severity.REFUSED),
            Map.entry("iframe", Severity.REFUSED),
            Map.entry("frame", Severity.REFUSED),
            Map.entry("frameset", Severity.REFUSED),
            Map.entry("object", Severity.REFUSED),
            Map.entry("embed", Severity.REFUSED),
            Map.entry("applet", Severity.REFUSED),
            Map.entry("base", Severity.REFUSED),
            Map.entry("form", Severity.REFUSED),
            Map.entry("input", Severity.REFUSED),
            Map.entry("textarea", Severity.REFUSED),
            Map.entry("select", Severity.REFUSED),
            Map.entry("portal", Severity.REFUSED),
            Map.entry("foreignobject", Severity.REFUSED),
            Map.entry("audio", Severity.NEEDS_PERSON),
            Map.entry("video", Severity.NEEDS_PERSON));

    private static final Pattern ACTIVE_STYLE =
            Pattern.compile("expression\\s*\\(|behavior\\s*:|-moz-binding|javascript:", Pattern.CASE_INSENSITIVE);

    private static final Pattern EXTERNAL_STYLE = Pattern.compile("@import", Pattern.CASE_INSENSITIVE);

    private ActiveContentRule() {}

    static List<Finding> examine(Content content) {
        List<Finding> findings = new ArrayList<>();
        Document html = content.html();
        if (html == null) {
            return findings;
        }
        for (Element element : html.getAllElements()) {
            String name = element.normalName();
            Severity severity = ELEMENTS.get(name);
            if (severity != null) {
                findings.add(new Finding(PolicyRule.C11, severity, content.placeOf(element), "<" + name + ">"));
            } else if (name.equals("meta")
                    && element.attr("http-equiv")
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("refresh")) {
                findings.add(new Finding(
                        PolicyRule.C11, Severity.REFUSED, content.placeOf(element), "<meta http-equiv=refresh>"));
            } else if (name.equals("link")
                    && element.attr("rel").toLowerCase(Locale.ROOT).contains("stylesheet")) {
                findings.add(new Finding(
                        PolicyRule.C11,
                        Severity.NEEDS_PERSON,
                        content.placeOf(element),
                        "<link rel=stylesheet href=" + element.attr("href") + ">"));
            } else if (name.equals("style")) {
                examineStyle(element.data(), content.placeOf(element), findings);
            }
            for (Attribute attribute : element.attributes()) {
                examineAttribute(attribute, content.placeOf(element), findings);
            }
        }
        return findings;
    }

    private static void examineAttribute(Attribute attribute, String place, List<Finding> findings) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        if (name.startsWith("on") && name.length() > 2 || name.equals("srcdoc")) {
            findings.add(new Finding(PolicyRule.C11, Severity.REFUSED, place, name + "=" + attribute.getValue()));
        } else if (name.equals("style")) {
            examineStyle(attribute.getValue(), place, findings);
        }
    }

    private static void examineStyle(String style, String place, List<Finding> findings) {
        var active = ACTIVE_STYLE.matcher(style);
        if (active.find()) {
            findings.add(new Finding(PolicyRule.C11, Severity.REFUSED, place, active.group()));
        }
        if (EXTERNAL_STYLE.matcher(style).find()) {
            findings.add(new Finding(PolicyRule.C11, Severity.NEEDS_PERSON, place, "@import"));
        }
    }
}
