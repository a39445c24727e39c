package org.hongyan.server.api;

import java.util.List;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateState;
import org.hongyan.server.template.Templates;
import org.springframework.stereotype.Component;

/** Lists templates, newest first. */
@Component
final class ListEmailTemplates implements Action<ListEmailTemplates.Request> {

    record Request(@Required Long limit, @Required Long offset) {}

    record Metadata(
            long createdTimestamp, String templateName, long templateStatus, long templateID, String reviewReason) {}

    record Response(List<Metadata> templatesMetadata, long totalCount) {}

    private final Templates templates;

    ListEmailTemplates(Templates templates) {
        this.templates = templates;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        return switch (Paging.of(request.offset, request.limit)) {
            case Paging.Illegal(TencentError error) -> ActionResult.failed(error);
            case Paging.Page(int offset, int limit) ->
                ActionResult.ok(new Response(
                        templates.list(caller.account(), offset, limit).stream()
                                .map(ListEmailTemplates::metadata)
                                .toList(),
                        templates.count(caller.account())));
        };
    }

    private static Metadata metadata(Template template) {
        // The reference's own word for an approved template, whatever the language.
        String reason = template.newest().state() == TemplateState.APPROVED
                ? "通过"
                : template.newest().reviewReason();
        return new Metadata(
                template.createdAt().getEpochSecond(),
                template.name(),
                TemplateStatus.of(template),
                template.id(),
                reason);
    }
}
