package org.hongyan.server.api;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.stereotype.Component;

/** Removes a sending domain that no sender address uses. */
@Component
final class DeleteEmailIdentity implements Action<DeleteEmailIdentity.Request> {

    record Request(@Required String emailIdentity) {}

    private final SendingDomains domains;
    private final AuditTrail audit;

    DeleteEmailIdentity(SendingDomains domains, AuditTrail audit) {
        this.domains = domains;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        Outcome<SendingDomain> outcome = domains.delete(caller.account(), request.emailIdentity);
        if (outcome instanceof Outcome.Done<SendingDomain>(SendingDomain domain)) {
            audit.record(
                    caller.account(),
                    caller.actor(),
                    "domain.delete",
                    domain.name().ascii(),
                    "");
        }
        return ActionResult.of(outcome, domain -> new ActionResult.Nothing());
    }
}
