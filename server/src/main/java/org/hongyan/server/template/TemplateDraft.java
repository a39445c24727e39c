package org.hongyan.server.template;

import org.jspecify.annotations.Nullable;

/**
 * What an account submits.
 *
 * @param summary for reviewers, possibly empty
 * @param subject default subject, possibly empty, may hold variables
 * @param html null for a plain-text template
 * @param text null when it is to be derived from the HTML
 */
public record TemplateDraft(
        String name,
        String summary,
        String subject,
        @Nullable String html,
        @Nullable String text) {}
