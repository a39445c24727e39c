package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateReviews;
import org.hongyan.server.template.TemplateVersion;
import org.hongyan.server.template.Templates;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The reviewer's work: the queue, and one template beside what the screening found and the account's history. */
@Controller
final class ReviewPages {

    private static final String LIST = "/operator/reviews";
    private static final int PAGE = 50;
    private static final int HISTORY = 10;
    private static final int LONGEST_REASON = 500;

    /** One line of the queue. */
    record Line(TemplateReviews.Pending pending, String account) {}

    private final TemplateReviews reviews;
    private final Templates templates;
    private final Accounts accounts;
    private final RefusalTexts refusals;
    private final FindingTexts findings;
    private final Words words;

    ReviewPages(
            TemplateReviews reviews,
            Templates templates,
            Accounts accounts,
            RefusalTexts refusals,
            FindingTexts findings,
            Words words) {
        this.reviews = reviews;
        this.templates = templates;
        this.accounts = accounts;
        this.refusals = refusals;
        this.findings = findings;
        this.words = words;
    }

    @GetMapping(LIST)
    String queue(@RequestParam(name = "offset", defaultValue = "0") int offset, Model model) {
        int skipped = Math.max(0, offset);
        List<Line> lines = reviews.queue(skipped, PAGE + 1).stream()
                .map(pending -> new Line(pending, name(pending)))
                .toList();
        model.addAttribute("lines", lines.stream().limit(PAGE).toList());
        model.addAttribute("waiting", reviews.waiting());
        model.addAttribute("offset", skipped);
        model.addAttribute("size", PAGE);
        model.addAttribute("more", lines.size() > PAGE);
        return "console/operator/reviews";
    }

    @GetMapping(LIST + "/{id}")
    ModelAndView show(@PathVariable long id) {
        return switch (reviews.find(id)) {
            case Outcome.Done<TemplateReviews.Pending>(TemplateReviews.Pending pending) -> page(pending);
            case Outcome.Refused<TemplateReviews.Pending> gone -> ErrorPages.notFound(LIST);
        };
    }

    @GetMapping(LIST + "/{id}/preview")
    ResponseEntity<String> preview(@PathVariable long id, HttpServletResponse response) {
        return switch (reviews.find(id)) {
            case Outcome.Done<TemplateReviews.Pending>(TemplateReviews.Pending pending) -> {
                TemplateVersion version = pending.template().newest();
                yield ForeignContent.page(response, version.html(), version.text());
            }
            case Outcome.Refused<TemplateReviews.Pending> gone ->
                ResponseEntity.notFound().build();
        };
    }

    @PostMapping(LIST + "/{id}/approve")
    ModelAndView approve(ConsoleUser reviewer, @PathVariable long id, RedirectAttributes next) {
        return judged(reviews.approve(id, reviewer.loginName()), "review.approved", next);
    }

    @PostMapping(LIST + "/{id}/reject")
    ModelAndView reject(
            ConsoleUser reviewer,
            @PathVariable long id,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            RedirectAttributes next) {
        String text = reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            ModelAndView page = show(id);
            if (page.getStatus() == null) {
                page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                page.addObject("problems", Problems.none().add("reason", words.of("review.reason-missing")));
                page.addObject("given", text);
            }
            return page;
        }
        return judged(reviews.reject(id, reviewer.loginName(), text), "review.rejected", next);
    }

    /** On to the next that waits; the queue itself when none does. */
    private ModelAndView judged(Outcome<Template> outcome, String said, RedirectAttributes next) {
        switch (outcome) {
            case Outcome.Done<Template>(Template template) ->
                Notice.done(
                        next, words.of(said, template.name(), template.newest().number()));
            case Outcome.Refused<Template>(Refusal refusal) -> Notice.trouble(next, refusals.of(refusal));
        }
        Optional<TemplateReviews.Pending> following =
                reviews.queue(0, 1).stream().findFirst();
        return new ModelAndView(following
                .map(pending -> "redirect:" + LIST + "/" + pending.template().id())
                .orElse("redirect:" + LIST));
    }

    private ModelAndView page(TemplateReviews.Pending pending) {
        Template template = pending.template();
        return new ModelAndView("console/operator/review")
                .addObject("pending", pending)
                .addObject("template", template)
                .addObject("version", template.newest())
                .addObject("account", accounts.find(pending.account()).orElse(null))
                .addObject("findings", findings.of(pending.findings()))
                .addObject("versions", templates.versions(pending.account(), template.id()))
                .addObject("others", others(pending));
    }

    /** The account's other templates: a reviewer sees whom he deals with. */
    private List<Template> others(TemplateReviews.Pending pending) {
        return templates.list(pending.account(), 0, HISTORY + 1).stream()
                .filter(other -> other.id() != pending.template().id())
                .limit(HISTORY)
                .toList();
    }

    private String name(TemplateReviews.Pending pending) {
        return accounts.find(pending.account()).map(Account::name).orElse(Figures.UNKNOWN);
    }
}
