package org.hongyan.server.console;

import org.hongyan.server.account.AccountState;
import org.hongyan.server.event.RecipientStatus;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.RecordStatus;
import org.hongyan.server.template.TemplateState;
import org.springframework.stereotype.Component;

/** The templates' way to {@link Badge}, as {@code @badges}. */
@Component("badges")
final class Badges {

    public Badge domain(DomainState state) {
        return Badge.of(state);
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
