package org.hongyan.server.console;

import java.util.List;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.policy.PolicyTexts;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Findings of the content policy in the language of the request. Thread-safe. */
@Component
final class FindingTexts {

    /**
     * One finding for people.
     *
     * @param text what the rule says
     * @param place where it was found, as words
     */
    record Shown(Finding finding, Badge badge, String text, String place) {}

    private final Words words;

    FindingTexts(Words words) {
        this.words = words;
    }

    List<Shown> of(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Shown(finding, Badge.of(finding.severity()), text(finding), place(finding.place())))
                .toList();
    }

    private static String text(Finding finding) {
        var locale = LocaleContextHolder.getLocale();
        String separator = locale.getLanguage().equals("zh") ? "：" : ": ";
        String advice = PolicyTexts.advice(finding.rule(), locale);
        String name = PolicyTexts.name(finding.rule(), locale);
        return advice.isEmpty() ? name : name + separator + advice;
    }

    /** {@code html:12:5} becomes “HTML, line 12”. */
    private String place(String place) {
        String[] parts = place.split(":", 3);
        String part = words.orElse("place." + parts[0], "place.other", parts[0]);
        return parts.length > 1 && parts[1].chars().allMatch(Character::isDigit)
                ? words.of("place.line", part, parts[1])
                : part;
    }
}
