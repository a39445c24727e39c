package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.Role;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.SendingDomains;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateReviews;
import org.hongyan.server.template.TemplateState;
import org.hongyan.server.template.Templates;
import org.springframework.stereotype.Component;

/** The side bar: words only, pages that exist only, and a count only where somebody must act. Thread-safe. */
@Component
final class Navigation {

    /** @param title key of the bundle, empty for the first group */
    record Group(String title, List<Item> items) {}

    /** @param attention how many things need somebody; 0 shows nothing */
    record Item(String path, String title, boolean current, long attention) {}

    private static final int TEMPLATES_LOOKED_AT = 100;

    private final SendingDomains domains;
    private final Templates templates;
    private final TemplateReviews reviews;

    Navigation(SendingDomains domains, Templates templates, TemplateReviews reviews) {
        this.domains = domains;
        this.templates = templates;
        this.reviews = reviews;
    }

    List<Group> of(ConsoleUser user, String path, boolean sandbox) {
        List<Group> groups = new ArrayList<>();
        AccountId account = user.accountId();
        if (account != null) {
            ofMember(groups, account, path);
        } else if (user.role() == Role.OPERATOR) {
            ofOperator(groups, path);
        } else {
            groups.add(new Group("", List.of(item(path, "/operator/reviews", "nav.reviews", reviews.waiting()))));
        }
        if (sandbox) {
            groups.add(new Group(
                    "nav.sandbox",
                    List.of(
                            item(path, "/sandbox/inbox", "nav.inbox", 0),
                            item(path, "/sandbox/providers", "nav.providers", 0),
                            item(path, "/sandbox/dns", "nav.dns", 0))));
        }
        return groups;
    }

    private void ofMember(List<Group> groups, AccountId account, String path) {
        groups.add(new Group("", List.of(item(path, "/console", "nav.overview", 0))));
        groups.add(new Group("nav.send", List.of(item(path, "/console/send", "nav.ordinary", 0))));
        groups.add(new Group("nav.observe", List.of(item(path, "/console/messages", "nav.messages", 0))));
        groups.add(new Group(
                "nav.configure",
                List.of(
                        item(path, "/console/domains", "nav.domains", troubledDomains(account)),
                        item(path, "/console/senders", "nav.senders", 0),
                        item(path, "/console/templates", "nav.templates", rejectedTemplates(account)),
                        item(path, "/console/suppression", "nav.suppression", 0),
                        item(path, "/console/unsubscribes", "nav.unsubscribes", 0))));
        groups.add(new Group(
                "nav.account",
                List.of(
                        item(path, "/console/keys", "nav.keys", 0),
                        item(path, "/console/members", "nav.members", 0),
                        item(path, "/console/audit", "nav.audit", 0),
                        item(path, "/console/account", "nav.settings", 0))));
    }

    private void ofOperator(List<Group> groups, String path) {
        groups.add(new Group("", List.of(item(path, "/operator", "nav.watch", 0))));
        groups.add(new Group(
                "nav.work",
                List.of(
                        item(path, "/operator/reviews", "nav.reviews", reviews.waiting()),
                        item(path, "/operator/accounts", "nav.accounts", 0))));
        groups.add(new Group(
                "nav.service",
                List.of(
                        item(path, "/operator/settings", "nav.catalogue", 0),
                        item(path, "/operator/audit", "nav.audit", 0))));
    }

    private long troubledDomains(AccountId account) {
        return domains.list(account).stream()
                .filter(domain -> domain.state() == DomainState.ABNORMAL || domain.state() == DomainState.REFUSED)
                .count();
    }

    private long rejectedTemplates(AccountId account) {
        return templates.list(account, 0, TEMPLATES_LOOKED_AT).stream()
                .filter(Navigation::isRejected)
                .count();
    }

    static boolean isRejected(Template template) {
        return template.newest().state() == TemplateState.REJECTED;
    }

    private static Item item(String path, String target, String title, long attention) {
        boolean home = target.equals("/console") || target.equals("/operator");
        boolean current = path.equals(target) || !home && path.startsWith(target + "/");
        return new Item(target, title, current, attention);
    }
}
