package org.hongyan.server.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hongyan.server.policy.Finding.Severity;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** C5 to C10: what a mail is made of: text, images and variables, a subject, a way to unsubscribe. */
final class CompositionRule {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{[^{}]{0,200}}}");
    private static final Pattern IMAGE_IN_STYLE = Pattern.compile("url\\s*\\(", Pattern.CASE_INSENSITIVE);

    private static final List<String> WAYS_OUT = List.of(
            "unsubscribe",
            "opt out",
            "opt-out",
            "退订",
            "取消订阅",
            "退出订阅",
            "配信停止",
            "수신거부",
            "désabonner",
            "abbestellen",
            "abmelden",
            "darse de baja",
            "cancelar suscripción",
            "huỷ đăng ký",
            "hủy đăng ký",
            "berhenti berlangganan");

    private CompositionRule() {}

    static List<Finding> examine(Content content, PolicyProperties settings) {
        List<Finding> findings = new ArrayList<>();
        String part = content.html() != null ? "html" : "text";
        String visible = content.visible();
        int variables = count(VARIABLE.matcher(visible));
        int characters = characters(VARIABLE.matcher(visible).replaceAll(""));
        int images = images(content.html());

        if (images > 0 && characters == 0) {
            findings.add(new Finding(PolicyRule.C5, Severity.REFUSED, part, Integer.toString(images)));
        } else if (characters == 0 && variables > 0) {
            findings.add(new Finding(PolicyRule.C7, Severity.REFUSED, part, visible));
        } else {
            if (characters < settings.fewestCharacters()) {
                findings.add(new Finding(PolicyRule.C6, Severity.NEEDS_PERSON, part, Integer.toString(characters)));
            }
            if (variables > 0 && characters < (long) variables * settings.charactersPerVariable()) {
                findings.add(new Finding(PolicyRule.C7, Severity.NEEDS_PERSON, part, variables + " : " + characters));
            }
        }
        if (images > settings.mostImages()) {
            findings.add(new Finding(PolicyRule.C8, Severity.REFUSED, part, Integer.toString(images)));
        }
        String subject = content.subject().text();
        if (characters(VARIABLE.matcher(subject).replaceAll("")) == 0) {
            findings.add(new Finding(PolicyRule.C9, Severity.ADVICE, "subject", subject));
        }
        if (!offersWayOut(content)) {
            findings.add(new Finding(PolicyRule.C10, Severity.ADVICE, part, ""));
        }
        return findings;
    }

    private static boolean offersWayOut(Content content) {
        return content.passages().stream()
                .map(passage -> passage.text().toLowerCase(Locale.ROOT))
                .anyMatch(text -> WAYS_OUT.stream().anyMatch(text::contains));
    }

    /** Letters and digits: what can be read. */
    private static int characters(String text) {
        return (int) text.codePoints().filter(Character::isLetterOrDigit).count();
    }

    private static int images(@Nullable Document html) {
        if (html == null) {
            return 0;
        }
        int images = 0;
        for (Element element : html.getAllElements()) {
            if (element.nameIs("img") || element.nameIs("image") || element.hasAttr("background")) {
                images++;
            }
            if (element.hasAttr("style")) {
                images += count(IMAGE_IN_STYLE.matcher(element.attr("style")));
            }
        }
        return images;
    }

    private static int count(Matcher matcher) {
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
