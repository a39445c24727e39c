package org.hongyan.server.api;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateDraft;
import org.hongyan.server.template.Templates;
import org.springframework.stereotype.Component;

/** Makes a template, which goes to review. */
@Component
final class CreateEmailTemplate implements Action<CreateEmailTemplate.Request> {

    record Request(@Required String templateName, @Required TemplateContent templateContent) {}

    record Response(long templateID) {}

    private final Templates templates;
    private final AuditTrail audit;

    CreateEmailTemplate(Templates templates, AuditTrail audit) {
        this.templates = templates;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        TemplateDraft draft;
        try {
            draft = new TemplateDraft(
                    request.templateName,
                    "",
                    "",
                    request.templateContent.decodedHtml(),
                    request.templateContent.decodedText());
        } catch (TemplateContent.Malformed malformed) {
            return ActionResult.refused(new Refusal.NotBase64("template"));
        }
        Outcome<Template> outcome = templates.create(caller.account(), draft);
        if (outcome instanceof Outcome.Done<Template>(Template template)) {
            audit.record(caller.account(), caller.actor(), "template.create", "" + template.id(), template.name());
        }
        return ActionResult.of(outcome, template -> new Response(template.id()));
    }
}
