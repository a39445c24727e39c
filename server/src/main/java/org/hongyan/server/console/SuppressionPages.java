package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.suppression.SuppressionList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whom the account does not mail: suppressed addresses, and people who unsubscribed. Both can be taken away as CSV. */
@Controller
final class SuppressionPages {

    private static final String SUPPRESSION = "/console/suppression";
    private static final String UNSUBSCRIBES = "/console/unsubscribes";
    private static final int PAGE = 50;
    private static final int EXPORT = 100_000;

    private final SuppressionList list;
    private final RefusalTexts refusals;
    private final Words words;
    private final Figures figures;

    SuppressionPages(SuppressionList list, RefusalTexts refusals, Words words, Figures figures) {
        this.list = list;
        this.refusals = refusals;
        this.words = words;
        this.figures = figures;
    }

    @GetMapping(SUPPRESSION)
    String suppression(
            Member member,
            @RequestParam(name = "q", defaultValue = "") String q,
            @RequestParam(name = "offset", defaultValue = "0") int offset,
            Model model) {
        show(member.account(), q, Math.max(0, offset), model);
        return "console/suppression/list";
    }

    @PostMapping(SUPPRESSION)
    String add(
            Member member,
            @RequestParam(name = "address", defaultValue = "") String address,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var parsed = EmailAddress.tryParse(address.strip());
        if (parsed.isEmpty()) {
            Refusal refusal = address.isBlank()
                    ? new Refusal.FieldMissing("address")
                    : new Refusal.AddressMalformed("address", address.strip(), "");
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problems", refusals.problems(refusal));
            model.addAttribute("given", address);
            show(member.account(), "", 0, model);
            return "console/suppression/list";
        }
        list.add(
                member.account(),
                parsed.get(),
                SuppressionList.Reason.MANUAL,
                member.user().loginName(),
                null);
        Notice.done(next, words.of("suppression.added", parsed.get()));
        return "redirect:" + SUPPRESSION;
    }

    @PostMapping(SUPPRESSION + "/remove")
    String remove(
            Member member, @RequestParam(name = "address", defaultValue = "") String address, RedirectAttributes next) {
        EmailAddress.tryParse(address)
                .filter(parsed -> list.remove(member.account(), parsed))
                .ifPresent(parsed -> Notice.done(next, words.of("suppression.removed", parsed)));
        return "redirect:" + SUPPRESSION;
    }

    @GetMapping(SUPPRESSION + ".csv")
    ResponseEntity<String> suppressionCsv(Member member, @RequestParam(name = "q", defaultValue = "") String q) {
        Csv csv = new Csv("address", "reason", "since", "until", "source");
        list.list(member.account(), part(q), 0, EXPORT)
                .forEach(entry -> csv.line(
                        entry.address(),
                        entry.reason().name(),
                        figures.export(entry.since()),
                        entry.until() == null ? "" : figures.export(entry.until()),
                        entry.source()));
        return download(csv, "suppression.csv");
    }

    @GetMapping(UNSUBSCRIBES)
    String unsubscribes(
            Member member,
            @RequestParam(name = "q", defaultValue = "") String q,
            @RequestParam(name = "offset", defaultValue = "0") int offset,
            Model model) {
        int skipped = Math.max(0, offset);
        List<SuppressionList.Unsubscribe> found = list.unsubscribes(member.account(), part(q), skipped, PAGE + 1);
        model.addAttribute("found", found.stream().limit(PAGE).toList());
        page(model, q, skipped, found.size() > PAGE);
        return "console/suppression/unsubscribes";
    }

    @GetMapping(UNSUBSCRIBES + ".csv")
    ResponseEntity<String> unsubscribesCsv(Member member, @RequestParam(name = "q", defaultValue = "") String q) {
        Csv csv = new Csv("address", "domain", "since");
        list.unsubscribes(member.account(), part(q), 0, EXPORT)
                .forEach(one -> csv.line(one.address(), one.domain(), figures.export(one.since())));
        return download(csv, "unsubscribes.csv");
    }

    private void show(AccountId account, String q, int skipped, Model model) {
        List<SuppressionList.Entry> found = list.list(account, part(q), skipped, PAGE + 1);
        model.addAttribute("found", found.stream().limit(PAGE).toList());
        page(model, q, skipped, found.size() > PAGE);
    }

    private static void page(Model model, String q, int skipped, boolean more) {
        model.addAttribute("q", q);
        model.addAttribute("offset", skipped);
        model.addAttribute("size", PAGE);
        model.addAttribute("more", more);
    }

    private static @Nullable String part(String q) {
        return q.isBlank() ? null : q.strip();
    }

    private static ResponseEntity<String> download(Csv csv, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .body(csv.text());
    }
}
