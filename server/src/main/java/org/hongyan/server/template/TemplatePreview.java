package org.hongyan.server.template;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;

/**
 * Shows what a template would look like, with given values or samples. The HTML is exactly what would be sent: it may
 * only be shown in a sandboxed frame of an opaque origin.
 */
public final class TemplatePreview {

    /** Enough for any template that could be accepted; the form is not the place to learn of the exact limit. */
    private static final long MOST_OCTETS = 5_000_000;

    private TemplatePreview() {}

    /** Renders a version. */
    public static CompiledTemplate.Rendered of(TemplateVersion version, Map<String, String> given) {
        return rendered(new CompiledTemplate(version.id(), version.subject(), version.html(), version.text()), given);
    }

    /** Renders a draft that is not submitted yet; refused for the same reasons as its submission. */
    public static Outcome<CompiledTemplate.Rendered> of(TemplateDraft draft, Map<String, String> given) {
        Optional<Refusal> problem = DraftRules.problemOf(draft, MOST_OCTETS);
        return problem.isPresent()
                ? Outcome.refused(problem.get())
                : Outcome.done(rendered(
                        new CompiledTemplate(
                                0, draft.subject(), Templates.bodyOf(draft.html()), Templates.bodyOf(draft.text())),
                        given));
    }

    /** Sample values for these variables, by their names. */
    public static Map<String, String> samples(Iterable<String> variables) {
        Map<String, String> samples = new TreeMap<>();
        variables.forEach(name -> samples.put(name, sample(name)));
        return samples;
    }

    private static CompiledTemplate.Rendered rendered(CompiledTemplate template, Map<String, String> given) {
        Map<String, String> values = samples(template.variables());
        values.putAll(given);
        return template.render(null, values);
    }

    private static String sample(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("url") || lower.contains("link") || lower.contains("href")) {
            return "https://example.com/";
        }
        if (lower.contains("code") || lower.contains("otp") || lower.contains("验证码")) {
            return "246810";
        }
        if (lower.contains("mail")) {
            return "name@example.com";
        }
        if (lower.contains("date") || lower.contains("日期")) {
            return "2026-01-31";
        }
        if (lower.contains("amount") || lower.contains("price") || lower.contains("total") || lower.contains("金额")) {
            return "128.00";
        }
        if (lower.contains("minute") || lower.contains("count") || lower.contains("num")) {
            return "15";
        }
        return name;
    }
}
