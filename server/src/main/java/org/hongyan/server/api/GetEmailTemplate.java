package org.hongyan.server.api;

import org.hongyan.server.template.Template;
import org.hongyan.server.template.Templates;
import org.springframework.stereotype.Component;

/** Shows the newest version of a template. */
@Component
final class GetEmailTemplate implements Action<GetEmailTemplate.Request> {

    record Request(@Required Long templateID) {}

    record Response(TemplateContent templateContent, long templateStatus, String templateName) {}

    private final Templates templates;

    GetEmailTemplate(Templates templates) {
        this.templates = templates;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        return ActionResult.of(templates.find(caller.account(), request.templateID), GetEmailTemplate::answer);
    }

    private static Response answer(Template template) {
        TemplateContent content = TemplateContent.encode(
                template.newest().html(), template.newest().text());
        return new Response(content, TemplateStatus.of(template), template.name());
    }
}
