package org.hongyan.server.api;

import java.util.List;
import org.hongyan.server.sender.SenderAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists all sender addresses; there is no paging. */
@Component
final class ListEmailAddress implements Action<ListEmailAddress.Request> {

    record Request() {}

    record Sender(String emailAddress, @Nullable String emailSenderName, long createdTimestamp, long smtpPwdType) {}

    record Response(List<Sender> emailSenders) {}

    private final SenderAddresses senders;

    ListEmailAddress(SenderAddresses senders) {
        this.senders = senders;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        return ActionResult.ok(new Response(senders.list(caller.account()).stream()
                .map(sender -> new Sender(
                        sender.address().toString(),
                        sender.alias().isEmpty() ? null : sender.alias(),
                        sender.createdAt().getEpochSecond(),
                        sender.smtpPasswordSet() ? 1 : 0))
                .toList()));
    }
}
