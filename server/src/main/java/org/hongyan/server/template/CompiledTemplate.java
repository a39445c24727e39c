package org.hongyan.server.template;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hongyan.mail.message.MessageTemplate;
import org.hongyan.mail.message.MessageTemplate.Escape;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** A template version compiled once. Immutable and thread-safe. */
public final class CompiledTemplate {

    /** What rendering gives; {@code html} is null for a plain-text template, {@code text} is always there. */
    public record Rendered(String subject, @Nullable String html, String text) {}

    private final long versionId;
    private final MessageTemplate subject;
    private final @Nullable MessageTemplate html;
    private final MessageTemplate text;
    private final Set<String> bodyVariables;
    private final Set<String> variables;
    private final int size;

    /**
     * Compiles sources that {@link DraftRules} have passed.
     *
     * @param text null when it is to be derived from the HTML
     */
    CompiledTemplate(long versionId, String subject, @Nullable String html, @Nullable String text) {
        if (html == null && text == null) {
            throw new IllegalArgumentException("a template has HTML or text");
        }
        String plain = text != null ? text : PlainText.of(html == null ? "" : html);
        this.versionId = versionId;
        this.subject = MessageTemplate.compile(subject, Escape.NONE);
        this.html = html == null ? null : MessageTemplate.compile(html, Escape.HTML);
        this.text = MessageTemplate.compile(plain, Escape.NONE);
        Set<String> inBody = new LinkedHashSet<>();
        if (this.html != null) {
            inBody.addAll(this.html.variables());
        }
        inBody.addAll(this.text.variables());
        this.bodyVariables = Collections.unmodifiableSet(inBody);
        this.variables = union(this.subject.variables(), inBody);
        this.size = subject.length() + (html == null ? 0 : html.length()) + plain.length();
    }

    /** The version this was compiled from. */
    public long versionId() {
        return versionId;
    }

    /** Variables that must be given when the default subject is used, in the order of their first use. */
    public Set<String> variables() {
        return variables;
    }

    /**
     * Variables that must be given with this subject.
     *
     * @param override a subject in place of the default one, may hold variables; null for the default
     * @return {@code SubjectIllegal} or {@code TemplateMalformed} when the subject cannot be used
     */
    public Outcome<Set<String>> variablesWith(@Nullable String override) {
        if (override == null) {
            return Outcome.done(variables);
        }
        Optional<Refusal> problem = DraftRules.problemOfSubject(override);
        return problem.isPresent()
                ? Outcome.refused(problem.get())
                : Outcome.done(
                        union(MessageTemplate.compile(override, Escape.NONE).variables(), bodyVariables));
    }

    /**
     * Fills in the variables. Values are escaped in the HTML; in the subject, line breaks in them become spaces.
     *
     * @param override a subject in place of the default one, may hold variables; null for the default
     * @throws IllegalArgumentException when a value is missing or the override is malformed: {@link #variablesWith}
     *     tells beforehand
     */
    public Rendered render(@Nullable String override, Map<String, String> values) {
        MessageTemplate line = override == null ? subject : MessageTemplate.compile(override, Escape.NONE);
        return new Rendered(
                onOneLine(line.render(values)), html == null ? null : html.render(values), text.render(values));
    }

    /** Characters of source that are held. */
    int size() {
        return size;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return Collections.unmodifiableSet(all);
    }

    /** A subject is one header field: a value with a line break must not begin another. */
    private static String onOneLine(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length());
        text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
        return line.toString();
    }
}
