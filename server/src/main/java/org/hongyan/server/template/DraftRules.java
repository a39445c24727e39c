package org.hongyan.server.template;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hongyan.mail.message.MalformedTemplateException;
import org.hongyan.mail.message.MessageTemplate;
import org.hongyan.server.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** What a draft must be before anybody looks at its content. Pure. */
final class DraftRules {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_SUMMARY = 1_000;
    private static final int LONGEST_SUBJECT = 998;

    private DraftRules() {}

    static Optional<Refusal> problemOf(TemplateDraft draft, long mostOctets) {
        return problemOfName(draft.name())
                .or(() -> problemOfSummary(draft.summary()))
                .or(() -> problemOfSubject(draft.subject()))
                .or(() -> problemOfBodies(draft, mostOctets));
    }

    private static Optional<Refusal> problemOfName(String name) {
        if (name.isBlank()) {
            return Optional.of(new Refusal.TemplateNameIllegal(name, "empty"));
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return Optional.of(new Refusal.TemplateNameIllegal(name, "length"));
        }
        return hasControl(name, false)
                ? Optional.of(new Refusal.TemplateNameIllegal(name, "control"))
                : Optional.empty();
    }

    private static Optional<Refusal> problemOfSummary(String summary) {
        if (summary.codePointCount(0, summary.length()) > LONGEST_SUMMARY) {
            return Optional.of(new Refusal.FieldIllegal("summary", shortened(summary), "0-" + LONGEST_SUMMARY));
        }
        return hasControl(summary, true)
                ? Optional.of(new Refusal.FieldIllegal("summary", shortened(summary), "text"))
                : Optional.empty();
    }

    /** An empty subject is allowed: then each mail brings its own. */
    static Optional<Refusal> problemOfSubject(String subject) {
        if (subject.codePointCount(0, subject.length()) > LONGEST_SUBJECT) {
            return Optional.of(new Refusal.SubjectIllegal("length"));
        }
        if (hasControl(subject, false)) {
            return Optional.of(new Refusal.SubjectIllegal("control"));
        }
        return problemOfVariables("subject", subject, MessageTemplate.Escape.NONE);
    }

    private static Optional<Refusal> problemOfBodies(TemplateDraft draft, long mostOctets) {
        if (isBlank(draft.html()) && isBlank(draft.text())) {
            return Optional.of(new Refusal.TemplateEmpty());
        }
        long size = octets(draft.html()) + octets(draft.text());
        if (size > mostOctets) {
            return Optional.of(new Refusal.TemplateTooLarge(size, mostOctets));
        }
        return problemOfBody("html", draft.html(), MessageTemplate.Escape.HTML)
                .or(() -> problemOfBody("text", draft.text(), MessageTemplate.Escape.NONE));
    }

    private static Optional<Refusal> problemOfBody(String field, @Nullable String body, MessageTemplate.Escape escape) {
        if (body == null) {
            return Optional.empty();
        }
        int at = firstControl(body, true);
        if (at >= 0) {
            int line = 1
                    + (int) body.substring(0, at).chars().filter(c -> c == '\n').count();
            int column = at - body.lastIndexOf('\n', at - 1);
            return Optional.of(new Refusal.TemplateMalformed(
                    field, line, column, String.format("the character U+%04X is not allowed", (int) body.charAt(at))));
        }
        return problemOfVariables(field, body, escape);
    }

    private static Optional<Refusal> problemOfVariables(String field, String source, MessageTemplate.Escape escape) {
        try {
            MessageTemplate.compile(source, escape);
            return Optional.empty();
        } catch (MalformedTemplateException malformed) {
            return Optional.of(new Refusal.TemplateMalformed(
                    field, malformed.line(), malformed.column(), String.valueOf(malformed.getMessage())));
        }
    }

    static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static boolean hasControl(String text, boolean linesAllowed) {
        return firstControl(text, linesAllowed) >= 0;
    }

    /** Index of the first character that is a control or half a surrogate pair; -1 for none. */
    private static int firstControl(String text, boolean linesAllowed) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean line = c == '\n' || c == '\r' || c == '\t' || c == '\f';
            if (Character.getType(c) == Character.SURROGATE || Character.isISOControl(c) && !(line && linesAllowed)) {
                return i;
            }
            i += Character.charCount(c);
        }
        return -1;
    }

    private static long octets(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }
}
