package org.hongyan.server.console;

import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateDraft;
import org.hongyan.server.template.TemplateVersion;
import org.jspecify.annotations.Nullable;

/**
 * The form of a template as it was filled in.
 *
 * @param type {@code html} or {@code text}
 */
record TemplateForm(
        @Nullable String name,
        @Nullable String type,
        @Nullable String summary,
        @Nullable String subject,
        @Nullable String content) {

    static TemplateForm empty() {
        return new TemplateForm("", "html", "", "", "");
    }

    static TemplateForm of(Template template) {
        TemplateVersion newest = template.newest();
        boolean html = newest.html() != null;
        return new TemplateForm(
                template.name(),
                html ? "html" : "text",
                template.summary(),
                newest.subject(),
                html ? newest.html() : newest.text());
    }

    TemplateForm withContent(String uploaded) {
        return new TemplateForm(name, type, summary, subject, uploaded);
    }

    public boolean isHtml() {
        return !"text".equals(type);
    }

    TemplateDraft draft() {
        String body = content == null || content.isBlank() ? null : content;
        return new TemplateDraft(
                or(name).strip(),
                or(summary).strip(),
                or(subject).strip(),
                isHtml() ? body : null,
                isHtml() ? null : body);
    }

    private static String or(@Nullable String value) {
        return value == null ? "" : value;
    }
}
