package org.hongyan.server.console;

import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.Role;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in, and where one lands afterwards. */
@Controller
final class LoginPages {

    @GetMapping("/login")
    String login(
            @RequestParam(name = "error", required = false) String error,
            @RequestParam(name = "logout", required = false) String logout,
            Model model) {
        model.addAttribute("failed", error != null);
        model.addAttribute("left", logout != null);
        return "console/login/page";
    }

    /** The first page of whoever has signed in. */
    @GetMapping("/")
    String home() {
        return SignedIn.of(SecurityContextHolder.getContext().getAuthentication())
                .map(LoginPages::homeOf)
                .orElse("redirect:/login");
    }

    private static String homeOf(ConsoleUser user) {
        if (user.accountId() != null) {
            return "redirect:/console";
        }
        return user.role() == Role.OPERATOR ? "redirect:/operator" : "redirect:/operator/reviews";
    }
}
