package org.hongyan.server.api;

import org.hongyan.server.sender.SendingDomains;
import org.springframework.stereotype.Component;

/** Shows a sending domain with its records as last seen. */
@Component
final class GetEmailIdentity implements Action<GetEmailIdentity.Request> {

    record Request(@Required String emailIdentity) {}

    private final SendingDomains domains;

    GetEmailIdentity(SendingDomains domains) {
        this.domains = domains;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        return ActionResult.of(domains.report(caller.account(), request.emailIdentity), DnsAttributes::of);
    }
}
