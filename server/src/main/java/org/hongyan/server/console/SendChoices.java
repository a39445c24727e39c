package org.hongyan.server.console;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.reputation.Reputation;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.SenderAddress;
import org.hongyan.server.sender.SenderAddresses;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.Templates;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the send form offers: usable senders, approved templates, and their subject and variables filled in. */
@Component
final class SendChoices {

    private static final int MOST_TEMPLATES = 200;

    private final SenderAddresses senders;
    private final SendingDomains domains;
    private final Templates templates;
    private final Reputation reputation;

    SendChoices(SenderAddresses senders, SendingDomains domains, Templates templates, Reputation reputation) {
        this.senders = senders;
        this.domains = domains;
        this.templates = templates;
        this.reputation = reputation;
    }

    /** Addresses whose domain may send now. */
    List<SenderAddress> senders(AccountId account) {
        Set<String> usable = domains.list(account).stream()
                .filter(SendChoices::sends)
                .map(domain -> domain.name().ascii())
                .collect(Collectors.toSet());
        return senders.list(account).stream()
                .filter(sender -> usable.contains(sender.address().domain().ascii()))
                .toList();
    }

    List<Template> templates(AccountId account) {
        return templates.list(account, 0, MOST_TEMPLATES).stream()
                .filter(template -> template.approved() != null)
                .toList();
    }

    @Nullable
    String firstSender(AccountId account) {
        return senders(account).stream()
                .map(sender -> sender.address().toString())
                .findFirst()
                .orElse(null);
    }

    @Nullable
    Long firstTemplate(AccountId account) {
        return templates(account).stream().map(Template::id).findFirst().orElse(null);
    }

    /** How many mails all verified domains together may still send today. */
    long leftToday(AccountId account) {
        Set<Long> ids = domains.list(account).stream()
                .filter(SendChoices::sends)
                .map(SendingDomain::id)
                .collect(Collectors.toSet());
        Map<Long, DomainStanding> standings = ids.isEmpty() ? Map.of() : reputation.standings(ids);
        return standings.values().stream().mapToLong(DomainStanding::remaining).sum();
    }

    /** The form with the chosen template's subject, and with exactly its variables, keeping values already typed. */
    SendForm filled(AccountId account, SendForm form) {
        if (form.template() == null) {
            return form;
        }
        return switch (templates.find(account, form.template())) {
            case Outcome.Refused<Template> unknown -> form;
            case Outcome.Done<Template>(Template template) -> {
                var version = template.approved();
                if (version == null) {
                    yield form;
                }
                boolean same = form.template().equals(form.filledFor());
                yield form.filled(
                        same && form.subject() != null ? form.subject() : version.subject(),
                        Variables.repaired(form.variables() == null ? "" : form.variables(), version.variables()));
            }
        };
    }

    private static boolean sends(SendingDomain domain) {
        return domain.state() == DomainState.VERIFIED || domain.state() == DomainState.ABNORMAL;
    }
}
