package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import org.hongyan.server.account.ApiKey;
import org.hongyan.server.account.ApiKeys;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pairs with which programs sign their calls. A secret key is shown once, on the page that answers its making. */
@Controller
final class KeyPages {

    private static final String LIST = "/console/keys";

    private final ApiKeys keys;
    private final RefusalTexts refusals;
    private final Words words;

    KeyPages(ApiKeys keys, RefusalTexts refusals, Words words) {
        this.keys = keys;
        this.refusals = refusals;
        this.words = words;
    }

    @GetMapping(LIST)
    String list(Member member, Model model) {
        model.addAttribute("keys", keys.list(member.account()));
        return "console/key/list";
    }

    @PostMapping(LIST)
    String create(
            Member member,
            @RequestParam(name = "description", defaultValue = "") String description,
            Model model,
            HttpServletResponse response) {
        switch (keys.create(member.account(), description.strip(), member.user().loginName())) {
            case Outcome.Done<ApiKey>(ApiKey fresh) -> {
                // Not after a redirect: the secret is in this answer and nowhere else.
                response.setHeader("Cache-Control", "no-store");
                model.addAttribute("fresh", fresh);
            }
            case Outcome.Refused<ApiKey>(Refusal.NotPermitted tooMany) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("problems", Problems.none().add("", words.of("key.too-many")));
            }
            case Outcome.Refused<ApiKey>(Refusal refusal) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("problems", refusals.problems(refusal));
            }
        }
        return list(member, model);
    }

    @PostMapping(LIST + "/{secretId}/delete")
    ModelAndView delete(Member member, @PathVariable String secretId, RedirectAttributes next) {
        if (!keys.delete(member.account(), secretId, member.user().loginName())) {
            return ErrorPages.notFound(LIST);
        }
        Notice.done(next, words.of("key.deleted", secretId));
        return new ModelAndView("redirect:" + LIST);
    }
}
