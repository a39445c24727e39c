package org.hongyan.server.console;

import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.ConsoleUsers;
import org.hongyan.server.account.Role;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The people of an account and what was done in it. Only an owner changes people. */
@Controller
final class MemberPages {

    private static final String LIST = "/console/members";
    private static final int AUDIT_LINES = 200;

    private final ConsoleUsers users;
    private final AuditTrail audit;
    private final RefusalTexts refusals;
    private final Words words;

    MemberPages(ConsoleUsers users, AuditTrail audit, RefusalTexts refusals, Words words) {
        this.users = users;
        this.audit = audit;
        this.refusals = refusals;
        this.words = words;
    }

    @GetMapping(LIST)
    ModelAndView list(Member member) {
        return new ModelAndView("console/member/list")
                .addObject("members", users.list(member.account()))
                .addObject("owner", member.isOwner());
    }

    @PostMapping(LIST)
    ModelAndView create(
            Member member,
            @RequestParam(name = "loginName", defaultValue = "") String loginName,
            @RequestParam(name = "password", defaultValue = "") String password,
            @RequestParam(name = "role", defaultValue = "MEMBER") String role,
            RedirectAttributes next) {
        requireOwner(member);
        Outcome<ConsoleUser> made = users.create(
                member.account(),
                loginName.strip(),
                role.equals(Role.OWNER.name()) ? Role.OWNER : Role.MEMBER,
                password,
                member.user().language(),
                member.user().loginName());
        return switch (made) {
            case Outcome.Done<ConsoleUser>(ConsoleUser user) -> {
                Notice.done(next, words.of("member.created", user.loginName()));
                yield new ModelAndView("redirect:" + LIST);
            }
            case Outcome.Refused<ConsoleUser>(Refusal refusal) -> {
                ModelAndView page =
                        list(member).addObject("problems", problems(refusal)).addObject("given", loginName);
                page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                yield page;
            }
        };
    }

    @PostMapping(LIST + "/{id}/disable")
    ModelAndView disable(Member member, @PathVariable long id, RedirectAttributes next) {
        requireOwner(member);
        var other = users.list(member.account()).stream()
                .filter(user -> user.id() == id && id != member.user().id())
                .findFirst();
        if (other.isEmpty()) {
            return ErrorPages.notFound(LIST);
        }
        users.disable(other.get(), member.user().loginName());
        Notice.done(next, words.of("member.disabled", other.get().loginName()));
        return new ModelAndView("redirect:" + LIST);
    }

    @GetMapping("/console/audit")
    String audit(Member member, Model model) {
        model.addAttribute("entries", audit.latest(member.account(), AUDIT_LINES));
        return "console/audit/list";
    }

    /** A sign-in password has a policy of its own, which is laxer on letters than that of SMTP. */
    private Problems problems(Refusal refusal) {
        return refusal instanceof Refusal.PasswordTooWeak
                ? Problems.none().add("password", words.of("member.password-weak"))
                : refusals.problems(refusal);
    }

    private static void requireOwner(Member member) {
        if (!member.isOwner()) {
            throw new AccessDeniedException("only an owner changes the people of an account");
        }
    }
}
