package org.hongyan.server.console;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.reputation.Reputation;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The operator's accounts: who they are, whether their real name is confirmed, whether they may send. */
@Controller
final class OperatorAccountPages {

    private static final String LIST = "/operator/accounts";
    private static final int PAGE = 50;

    private final Accounts accounts;
    private final SendingDomains domains;
    private final Reputation reputation;
    private final RefusalTexts refusals;
    private final Words words;

    OperatorAccountPages(
            Accounts accounts, SendingDomains domains, Reputation reputation, RefusalTexts refusals, Words words) {
        this.accounts = accounts;
        this.domains = domains;
        this.reputation = reputation;
        this.refusals = refusals;
        this.words = words;
    }

    @GetMapping(LIST)
    String list(@RequestParam(name = "after", defaultValue = "0") long after, Model model) {
        List<Account> found = accounts.list(Math.max(0, after), PAGE + 1);
        List<Account> page = found.stream().limit(PAGE).toList();
        model.addAttribute("accounts", page);
        model.addAttribute(
                "domains",
                page.stream()
                        .collect(Collectors.toMap(
                                account -> account.id().value(),
                                account -> domains.list(account.id()).size())));
        model.addAttribute("next", found.size() > PAGE ? page.getLast().id().value() : null);
        return "console/operator/accounts";
    }

    @GetMapping(LIST + "/{id}")
    ModelAndView show(@PathVariable long id) {
        return accounts.find(new AccountId(id))
                .map(account -> {
                    List<SendingDomain> owned = domains.list(account.id());
                    Set<Long> ids = owned.stream().map(SendingDomain::id).collect(Collectors.toSet());
                    return new ModelAndView("console/operator/account")
                            .addObject("account", account)
                            .addObject(
                                    "realName", accounts.realName(account.id()).orElse(null))
                            .addObject("domains", owned)
                            .addObject("standings", ids.isEmpty() ? Map.of() : reputation.standings(ids));
                })
                .orElseGet(() -> ErrorPages.notFound(LIST));
    }

    @PostMapping(LIST + "/{id}/confirm")
    ModelAndView confirm(ConsoleUser operator, @PathVariable long id, RedirectAttributes next) {
        return done(id, accounts.confirmRealName(new AccountId(id), operator.loginName()), "accounts.confirmed", next);
    }

    @PostMapping(LIST + "/{id}/send-back")
    ModelAndView sendBack(
            ConsoleUser operator,
            @PathVariable long id,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            RedirectAttributes next) {
        return done(
                id,
                accounts.rejectRealName(new AccountId(id), reason.strip(), operator.loginName()),
                "accounts.sent-back",
                next);
    }

    @PostMapping(LIST + "/{id}/suspend")
    ModelAndView suspend(
            ConsoleUser operator,
            @PathVariable long id,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            RedirectAttributes next) {
        return done(
                id,
                accounts.suspend(new AccountId(id), reason.strip(), operator.loginName()),
                "accounts.suspended",
                next);
    }

    @PostMapping(LIST + "/{id}/resume")
    ModelAndView resume(ConsoleUser operator, @PathVariable long id, RedirectAttributes next) {
        return done(id, accounts.resume(new AccountId(id), operator.loginName()), "accounts.resumed", next);
    }

    @PostMapping(LIST + "/{id}/own-content")
    ModelAndView ownContent(
            ConsoleUser operator,
            @PathVariable long id,
            @RequestParam(name = "allowed", defaultValue = "false") boolean allowed,
            RedirectAttributes next) {
        return done(
                id,
                accounts.allowOwnContent(new AccountId(id), allowed, operator.loginName()),
                "accounts.own-content-set",
                next);
    }

    private ModelAndView done(long id, Outcome<Account> outcome, String said, RedirectAttributes next) {
        switch (outcome) {
            case Outcome.Done<Account>(Account account) -> Notice.done(next, words.of(said, account.name()));
            case Outcome.Refused<Account>(Refusal refusal) -> Notice.trouble(next, refusals.of(refusal));
        }
        return new ModelAndView("redirect:" + LIST + "/" + id);
    }
}
