package org.hongyan.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.SendingDomains;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds a sending domain. Its keys always have 2,048 bits, whatever the option asks for; the answer says so. */
@Component
final class CreateEmailIdentity implements Action<CreateEmailIdentity.Request> {

    record Request(
            @Required String emailIdentity,
            @JsonProperty("DKIMOption") @Nullable Long dkimOption) {}

    private final SendingDomains domains;
    private final AuditTrail audit;

    CreateEmailIdentity(SendingDomains domains, AuditTrail audit) {
        this.domains = domains;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        if (request.dkimOption != null && (request.dkimOption < 0 || request.dkimOption > 1)) {
            return ActionResult.failed(TencentError.illegal("DKIMOption", "0, 1"));
        }
        Outcome<DomainReport> outcome = domains.create(caller.account(), request.emailIdentity);
        if (outcome instanceof Outcome.Done<DomainReport>(DomainReport report)) {
            audit.record(
                    caller.account(),
                    caller.actor(),
                    "domain.create",
                    report.domain().name().ascii(),
                    "");
        }
        return ActionResult.of(outcome, DnsAttributes::of);
    }
}
