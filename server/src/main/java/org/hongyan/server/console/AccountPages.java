package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.ConsoleUsers;
import org.hongyan.server.account.RealName;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/** The account itself: activation by real name (开通), and one's own language and password. */
@Controller
final class AccountPages {

    private static final String PATH = "/console/account";

    private final Accounts accounts;
    private final ConsoleUsers users;
    private final RefusalTexts refusals;
    private final Words words;

    AccountPages(Accounts accounts, ConsoleUsers users, RefusalTexts refusals, Words words) {
        this.accounts = accounts;
        this.users = users;
        this.refusals = refusals;
        this.words = words;
    }

    @GetMapping("/activate")
    String activate() {
        return "redirect:" + PATH;
    }

    @GetMapping(PATH)
    ModelAndView show(Member member) {
        Account account = accounts.find(member.account()).orElseThrow();
        return new ModelAndView("console/account/page")
                .addObject("account", account)
                .addObject("realName", accounts.realName(member.account()).orElse(null))
                .addObject("me", member.user())
                .addObject("owner", member.isOwner());
    }

    @PostMapping(PATH + "/activation")
    ModelAndView activation(
            Member member,
            @RequestParam(name = "kind", defaultValue = "COMPANY") String kind,
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "number", defaultValue = "") String number,
            RedirectAttributes next) {
        RealName form = new RealName(
                kind.equals(RealName.Kind.PERSON.name()) ? RealName.Kind.PERSON : RealName.Kind.COMPANY,
                name.strip(),
                number.strip());
        Outcome<Account> outcome = member.isOwner()
                ? accounts.submitRealName(member.account(), form, member.user().loginName())
                : Outcome.refused(new Refusal.NotPermitted("account-activation"));
        return switch (outcome) {
            case Outcome.Done<Account>(Account account) -> done(next, "account.handed-in");
            case Outcome.Refused<Account>(Refusal refusal) ->
                again(member, refusals.problems(refusal)).addObject("given", form);
        };
    }

    @PostMapping(PATH + "/language")
    ModelAndView language(
            Member member,
            @RequestParam(name = "language", defaultValue = "") String language,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes next) {
        if (users.changeLanguage(member.user(), language)) {
            LocaleResolver resolver = RequestContextUtils.getLocaleResolver(request);
            if (resolver != null) {
                resolver.setLocale(request, response, ConsoleLanguage.of(language));
            }
            org.springframework.context.i18n.LocaleContextHolder.setLocale(ConsoleLanguage.of(language));
        }
        return done(next, "account.language-set");
    }

    @PostMapping(PATH + "/password")
    ModelAndView password(
            Member member,
            @RequestParam(name = "old", defaultValue = "") String old,
            @RequestParam(name = "fresh", defaultValue = "") String fresh,
            RedirectAttributes next) {
        return switch (users.changePassword(member.user(), old, fresh)) {
            case Outcome.Done<ConsoleUser>(ConsoleUser user) -> {
                Notice.done(next, words.of("account.password-set"));
                yield new ModelAndView("redirect:/login");
            }
            case Outcome.Refused<ConsoleUser>(Refusal.PasswordTooWeak weak) ->
                again(member, Problems.none().add("fresh", words.of("member.password-weak")));
            case Outcome.Refused<ConsoleUser>(Refusal.FieldIllegal wrong) ->
                again(member, Problems.none().add("old", words.of("account.old-wrong")));
            case Outcome.Refused<ConsoleUser>(Refusal refusal) -> again(member, refusals.problems(refusal));
        };
    }

    private ModelAndView done(RedirectAttributes next, String said) {
        Notice.done(next, words.of(said));
        return new ModelAndView("redirect:" + PATH);
    }

    private ModelAndView again(Member member, Problems problems) {
        ModelAndView page = show(member).addObject("problems", problems);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }
}
