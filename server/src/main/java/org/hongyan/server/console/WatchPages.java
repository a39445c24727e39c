package org.hongyan.server.console;

import org.hongyan.server.account.AccountState;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.Role;
import org.hongyan.server.template.TemplateReviews;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The operator's first page: what waits for him; and the audit trail of everybody. */
@Controller
final class WatchPages {

    private static final int LISTED = 20;
    private static final int AUDIT_LINES = 200;

    private final TemplateReviews reviews;
    private final Accounts accounts;
    private final AuditTrail audit;

    WatchPages(TemplateReviews reviews, Accounts accounts, AuditTrail audit) {
        this.reviews = reviews;
        this.accounts = accounts;
        this.audit = audit;
    }

    @GetMapping("/operator")
    String watch(ConsoleUser user, Model model) {
        if (user.role() == Role.REVIEWER) {
            return "redirect:/operator/reviews";
        }
        model.addAttribute("waiting", reviews.waiting());
        model.addAttribute("oldest", reviews.queue(0, LISTED));
        model.addAttribute("awaiting", accounts.inState(AccountState.REAL_NAME_AWAITING, LISTED));
        model.addAttribute("suspended", accounts.inState(AccountState.SUSPENDED, LISTED));
        model.addAttribute("entries", audit.latest(null, LISTED / 2));
        return "console/operator/watch";
    }

    @GetMapping("/operator/audit")
    String audit(Model model) {
        model.addAttribute("entries", audit.latest(null, AUDIT_LINES));
        return "console/audit/list";
    }
}
