package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;
import org.hongyan.server.account.AccountState;
import org.hongyan.server.event.RecipientStatus;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.RecordStatus;
import org.hongyan.server.template.TemplateState;
import org.springframework.stereotype.Component;

/** The templates' way to {@link Badge}, in the model of every page as {@code badges}. */
@Component
final class Badges {

    /** State of a domain, and beside it what bars it from sending today. */
    public List<Badge> domain(DomainState state, DomainStanding standing) {
        List<Badge> all = new ArrayList<>();
        all.add(Badge.of(state));
        if (standing.banned()) {
            all.add(new Badge("sq bad", "state.domain.banned"));
        }
        if (standing.level() == 0) {
            all.add(new Badge("sq bad", "state.domain.zero"));
        }
        return all;
    }

    public Badge record(RecordStatus status) {
        return Badge.of(status);
    }

    public Badge template(TemplateState state) {
        return Badge.of(state);
    }

    public Badge account(AccountState state) {
        return Badge.of(state);
    }

    public Badge message(RecipientStatus status) {
        return Badge.of(status);
    }

    public Badge finding(Finding.Severity severity) {
        return Badge.of(severity);
    }
}
