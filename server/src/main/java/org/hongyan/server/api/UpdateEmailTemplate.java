package org.hongyan.server.api;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateDraft;
import org.hongyan.server.template.Templates;
import org.springframework.stereotype.Component;

/** Makes a new version of a template, which goes to review; the approved one stays in use until then. */
@Component
final class UpdateEmailTemplate implements Action<UpdateEmailTemplate.Request> {

    record Request(
            @Required TemplateContent templateContent,
            @Required Long templateID,
            @Required String templateName) {}

    private final Templates templates;
    private final AuditTrail audit;

    UpdateEmailTemplate(Templates templates, AuditTrail audit) {
        this.templates = templates;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        return switch (templates.find(caller.account(), request.templateID)) {
            case Outcome.Refused<Template>(Refusal refusal) -> ActionResult.refused(refusal);
            case Outcome.Done<Template>(Template before) -> edit(caller, request, before);
        };
    }

    /** Summary and default subject are not the API's to change, so they stay. */
    private ActionResult edit(Caller caller, Request request, Template before) {
        TemplateDraft draft;
        try {
            draft = new TemplateDraft(
                    request.templateName,
                    before.summary(),
                    before.newest().subject(),
                    request.templateContent.decodedHtml(),
                    request.templateContent.decodedText());
        } catch (TemplateContent.Malformed malformed) {
            return ActionResult.refused(new Refusal.NotBase64("template"));
        }
        Outcome<Template> outcome = templates.edit(caller.account(), request.templateID, draft);
        if (outcome instanceof Outcome.Done<Template>(Template template)) {
            audit.record(caller.account(), caller.actor(), "template.edit", "" + template.id(), template.name());
        }
        return ActionResult.of(outcome, template -> new ActionResult.Nothing());
    }
}
