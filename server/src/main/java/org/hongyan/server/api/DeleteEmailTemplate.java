package org.hongyan.server.api;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.Templates;
import org.springframework.stereotype.Component;

/** Removes a template; mail accepted with it is still delivered. */
@Component
final class DeleteEmailTemplate implements Action<DeleteEmailTemplate.Request> {

    record Request(@Required Long templateID) {}

    private final Templates templates;
    private final AuditTrail audit;

    DeleteEmailTemplate(Templates templates, AuditTrail audit) {
        this.templates = templates;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        Outcome<Template> outcome = templates.delete(caller.account(), request.templateID);
        if (outcome instanceof Outcome.Done<Template>(Template template)) {
            audit.record(caller.account(), caller.actor(), "template.delete", "" + template.id(), template.name());
        }
        return ActionResult.of(outcome, template -> new ActionResult.Nothing());
    }
}
