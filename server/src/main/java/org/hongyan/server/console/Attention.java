package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.AccountState;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.template.Template;
import org.springframework.stereotype.Component;

/** What waits for somebody of the account, with what happens if nobody acts and the page where one can. */
@Component
final class Attention {

    /** One line of the list. */
    record Need(Badge badge, String subject, String text, String path, String act) {}

    private final Accounts accounts;
    private final Words words;
    private final Figures figures;

    Attention(Accounts accounts, Words words, Figures figures) {
        this.accounts = accounts;
        this.words = words;
        this.figures = figures;
    }

    List<Need> of(AccountId account, List<SendingDomain> domains, List<Template> templates) {
        List<Need> needs = new ArrayList<>();
        accounts.find(account)
                .filter(one -> one.state() != AccountState.ACTIVATED)
                .ifPresent(one -> needs.add(activation(one)));
        domains.stream()
                .filter(domain -> domain.state() == DomainState.ABNORMAL || domain.state() == DomainState.REFUSED)
                .forEach(domain -> needs.add(broken(domain)));
        templates.stream().filter(Navigation::isRejected).forEach(template -> needs.add(rejected(template)));
        return needs;
    }

    private Need activation(Account account) {
        String text = switch (account.state()) {
            case REGISTERED -> words.of("need.registered");
            case REAL_NAME_AWAITING -> words.of("need.awaiting");
            case SUSPENDED -> words.of("need.suspended");
            case ACTIVATED -> throw new IllegalArgumentException("an activated account needs nobody");
        };
        return new Need(Badge.of(account.state()), account.name(), text, "/console/account", words.of("need.account"));
    }

    private Need broken(SendingDomain domain) {
        String since = figures.clock(domain.abnormalSince());
        return new Need(
                Badge.of(domain.state()),
                domain.name().unicode(),
                domain.state() == DomainState.ABNORMAL
                        ? words.of("need.abnormal", since)
                        : words.of("need.refused", since),
                "/console/domains/" + domain.name().ascii(),
                words.of("need.records"));
    }

    private Need rejected(Template template) {
        String reason = template.newest().reviewReason();
        return new Need(
                Badge.of(template.newest().state()),
                words.of("need.template", template.name(), template.newest().number()),
                template.approved() == null
                        ? words.of("need.rejected", reason)
                        : words.of(
                                "need.rejected-new", reason, template.approved().number()),
                "/console/templates/" + template.id() + "/edit",
                words.of("act.edit"));
    }
}
