package org.hongyan.server.api;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.SenderAddress;
import org.hongyan.server.sender.SenderAddresses;
import org.springframework.stereotype.Component;

/** Sets the SMTP password of a sender address (the odd spelling is the reference's). */
@Component
final class UpdateEmailSmtpPassWord implements Action<UpdateEmailSmtpPassWord.Request> {

    record Request(@Required String password, @Required String emailAddress) {
        @Override
        public String toString() {
            return "Request[" + emailAddress + "]";
        }
    }

    private final SenderAddresses senders;
    private final AuditTrail audit;

    UpdateEmailSmtpPassWord(SenderAddresses senders, AuditTrail audit) {
        this.senders = senders;
        this.audit = audit;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        Outcome<SenderAddress> outcome =
                senders.setSmtpPassword(caller.account(), request.emailAddress, request.password);
        if (outcome instanceof Outcome.Done<SenderAddress>(SenderAddress sender)) {
            audit.record(
                    caller.account(),
                    caller.actor(),
                    "sender.smtp-password",
                    sender.address().toString(),
                    "");
        }
        return SenderAnswers.of(outcome);
    }
}
