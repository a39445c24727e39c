package org.hongyan.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.hongyan.server.sender.SendingDomains;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks the records up now (提交验证). */
@Component
final class UpdateEmailIdentity implements Action<UpdateEmailIdentity.Request> {

    record Request(
            @Required String emailIdentity,
            @JsonProperty("DKIMOption") @Nullable Long dkimOption) {}

    private final SendingDomains domains;

    UpdateEmailIdentity(SendingDomains domains) {
        this.domains = domains;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        if (request.dkimOption != null && request.dkimOption != DnsAttributes.DKIM_2048) {
            return ActionResult.failed(TencentError.of("FailedOperation.DKIMNotApplied", "dkim-option"));
        }
        return ActionResult.of(domains.verify(caller.account(), request.emailIdentity), DnsAttributes::of);
    }
}
