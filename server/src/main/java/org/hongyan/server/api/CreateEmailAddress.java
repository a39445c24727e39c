package org.hongyan.server.api;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.SenderAddress;
import org.hongyan.server.sender.SenderAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds a sender address under a verified domain. */
@Component
final class CreateEmailAddress implements Action<CreateEmailAddress.Request> {

    record Request(@Required String emailAddress, @Nullable String emailSenderName) {}

    private final SenderAddresses senders;
    private final AuditTrail audit;

    CreateEmailAddress(SenderAddresses senders, AuditTrail audit) {
        this.senders = senders;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        String alias = request.emailSenderName == null ? "" : request.emailSenderName;
        Outcome<SenderAddress> outcome = senders.create(caller.account(), request.emailAddress, alias);
        if (outcome instanceof Outcome.Done<SenderAddress>(SenderAddress sender)) {
            audit.record(
                    caller.account(),
                    caller.actor(),
                    "sender.create",
                    sender.address().toString(),
                    "");
        }
        return ActionResult.of(outcome, sender -> new ActionResult.Nothing());
    }
}
