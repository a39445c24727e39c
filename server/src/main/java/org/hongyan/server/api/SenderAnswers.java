package org.hongyan.server.api;

import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.sender.SenderAddress;

/** Answers of the actions that manage a sender address, where an unknown one has a code of its own. */
final class SenderAnswers {

    private SenderAnswers() {}

    static ActionResult of(Outcome<SenderAddress> outcome) {
        if (outcome instanceof Outcome.Refused<SenderAddress>(Refusal.SenderUnknown unknown)) {
            return ActionResult.failed(TencentError.of(
                    "InvalidParameterValue.NoSuchSender", "no-such-sender", "address", unknown.address()));
        }
        return ActionResult.of(outcome, sender -> new ActionResult.Nothing());
    }
}
