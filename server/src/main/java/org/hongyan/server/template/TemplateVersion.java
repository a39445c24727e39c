package org.hongyan.server.template;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of a template; never changed once made, but for its review.
 *
 * @param id unique over all templates; what a message pins
 * @param number counts from 1 in each template
 * @param variables of subject, HTML and text together
 * @param reviewReason words of the reviewer or the screening; empty while pending
 */
public record TemplateVersion(
        long id,
        long templateId,
        int number,
        TemplateState state,
        String subject,
        @Nullable String html,
        @Nullable String text,
        Set<String> variables,
        String reviewReason,
        Instant createdAt,
        @Nullable Instant reviewedAt) {}
