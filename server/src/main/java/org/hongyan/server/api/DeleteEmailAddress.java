package org.hongyan.server.api;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.SenderAddress;
import org.hongyan.server.sender.SenderAddresses;
import org.springframework.stereotype.Component;

/** Removes a sender address. */
@Component
final class DeleteEmailAddress implements Action<DeleteEmailAddress.Request> {

    record Request(@Required String emailAddress) {}

    private final SenderAddresses senders;
    private final AuditTrail audit;

    DeleteEmailAddress(SenderAddresses senders, AuditTrail audit) {
        this.senders = senders;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        Outcome<SenderAddress> outcome = senders.delete(caller.account(), request.emailAddress);
        if (outcome instanceof Outcome.Done<SenderAddress>(SenderAddress sender)) {
            audit.record(
                    caller.account(),
                    caller.actor(),
                    "sender.delete",
                    sender.address().toString(),
                    "");
        }
        return SenderAnswers.of(outcome);
    }
}
