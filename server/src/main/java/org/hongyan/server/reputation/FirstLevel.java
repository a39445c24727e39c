package org.hongyan.server.reputation;

import org.hongyan.server.sender.DomainVerified;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives a domain its level in the very transaction in which it has passed for the first time (product rule 4). */
@Component
class FirstLevel {

    private final Reputation reputation;

    FirstLevel(Reputation reputation) {
        this.reputation = reputation;
    }

    @EventListener
    void on(DomainVerified verified) {
        reputation.begin(verified.domainId());
    }
}
