package org.hongyan.server.api;

import org.hongyan.server.template.Template;

/** The reference's numbers for where a template stands; an edit goes back to review, as there. */
final class TemplateStatus {

    private TemplateStatus() {}

    static long of(Template template) {
        return switch (template.newest().state()) {
            case APPROVED -> 0;
            case PENDING -> 1;
            case REJECTED -> 2;
        };
    }
}
