package org.hongyan.server.console;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.dns.PretendInternet;
import org.hongyan.sandbox.provider.Behaviour;
import org.hongyan.sandbox.provider.BehaviourText;
import org.hongyan.sandbox.provider.Providers;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the pretend mailbox providers behave, and what they did last. */
@Controller
@OnlyInSandbox
final class ProviderPages {

    private static final String LIST = "/sandbox/providers";
    private static final int ATTEMPTS = 50;

    /** Local parts that choose a behaviour at any provider. */
    private static final List<String> LOCAL_PARTS = List.of(
            "accept",
            "unknown",
            "disabled",
            "full",
            "policy",
            "blocked",
            "spam",
            "ratelimit",
            "grey",
            "defer",
            "slow",
            "drop",
            "complaint",
            "bouncelater",
            "open",
            "click",
            "unsubscribe");

    private final Providers providers;
    private final Words words;

    ProviderPages(Sandbox sandbox, Words words) {
        this.providers = sandbox.providers();
        this.words = words;
    }

    @GetMapping(LIST)
    String list(Model model) {
        Map<String, String> set = new TreeMap<>();
        providers.behaviours().forEach((pattern, behaviour) -> set.put(pattern, BehaviourText.of(behaviour)));
        var attempts = providers.recentAttempts();
        model.addAttribute("behaviours", set);
        model.addAttribute("localParts", LOCAL_PARTS);
        model.addAttribute("domains", PretendInternet.providerDomains());
        model.addAttribute(
                "attempts",
                attempts.subList(Math.max(0, attempts.size() - ATTEMPTS), attempts.size())
                        .reversed());
        return "console/sandbox/providers";
    }

    @PostMapping(LIST)
    ModelAndView set(
            @RequestParam(name = "pattern", defaultValue = "") String pattern,
            @RequestParam(name = "behaviour", defaultValue = "") String behaviour,
            Model model,
            RedirectAttributes next) {
        try {
            Behaviour parsed = BehaviourText.parse(behaviour.strip());
            providers.setBehaviour(pattern.strip(), parsed);
        } catch (IllegalArgumentException refused) {
            list(model);
            return new ModelAndView("console/sandbox/providers", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT)
                    .addObject(
                            "problems",
                            Problems.none().add("pattern", words.of("providers.refused", pattern, behaviour)))
                    .addObject("pattern", pattern)
                    .addObject("behaviour", behaviour);
        }
        Notice.done(next, words.of("providers.set", pattern.strip(), behaviour.strip()));
        return new ModelAndView("redirect:" + LIST);
    }

    @PostMapping(LIST + "/clear")
    String clear(@RequestParam(name = "pattern", defaultValue = "") String pattern, RedirectAttributes next) {
        if (providers.clearBehaviour(pattern)) {
            Notice.done(next, words.of("providers.cleared", pattern));
        }
        return "redirect:" + LIST;
    }
}
