package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.reputation.Reputation;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.SenderAddresses;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Sending domains: the list, a new one, and the page that helps its records into the DNS. */
@Controller
final class DomainPages {

    private static final String LIST = "/console/domains";

    /** One line of the list. */
    record Line(SendingDomain domain, DomainStanding standing) {}

    private final SendingDomains domains;
    private final SenderAddresses senders;
    private final Reputation reputation;
    private final RefusalTexts refusals;
    private final Words words;
    private final DomainView view;

    DomainPages(
            SendingDomains domains,
            SenderAddresses senders,
            Reputation reputation,
            RefusalTexts refusals,
            Words words,
            DomainView view) {
        this.domains = domains;
        this.senders = senders;
        this.reputation = reputation;
        this.refusals = refusals;
        this.words = words;
        this.view = view;
    }

    @GetMapping(LIST)
    String list(Member member, Model model) {
        List<SendingDomain> all = domains.list(member.account());
        Map<Long, DomainStanding> standings =
                reputation.standings(all.stream().map(SendingDomain::id).collect(Collectors.toSet()));
        model.addAttribute(
                "lines",
                all.stream()
                        .map(domain -> new Line(domain, Objects.requireNonNull(standings.get(domain.id()))))
                        .toList());
        return "console/domain/list";
    }

    @GetMapping(LIST + "/new")
    String create() {
        return "console/domain/new";
    }

    @PostMapping(LIST)
    String created(
            Member member,
            @RequestParam(name = "domain", defaultValue = "") String name,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return switch (domains.create(member.account(), name.strip())) {
            case Outcome.Done<DomainReport>(DomainReport report) -> {
                Notice.done(next, words.of("domain.created"));
                yield "redirect:" + path(report);
            }
            case Outcome.Refused<DomainReport>(Refusal refusal) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("problems", refusals.problems(refusal));
                model.addAttribute("given", name);
                yield "console/domain/new";
            }
        };
    }

    @GetMapping(LIST + "/{name}")
    ModelAndView show(Member member, @PathVariable String name) {
        return switch (domains.report(member.account(), name)) {
            case Outcome.Done<DomainReport>(DomainReport report) -> page(member, report);
            case Outcome.Refused<DomainReport> refused -> ErrorPages.notFound(LIST);
        };
    }

    @PostMapping(LIST + "/{name}/verify")
    ModelAndView verify(
            Member member,
            @PathVariable String name,
            @RequestHeader(name = "HX-Request", required = false) String htmx,
            RedirectAttributes next) {
        return switch (domains.verify(member.account(), name)) {
            case Outcome.Done<DomainReport>(DomainReport report) -> {
                if (htmx != null) {
                    yield page(member, report).addObject("verified", true);
                }
                yield new ModelAndView("redirect:" + path(report) + "#records");
            }
            case Outcome.Refused<DomainReport>(Refusal.DomainUnknown unknown) -> ErrorPages.notFound(LIST);
            case Outcome.Refused<DomainReport>(Refusal refusal) -> backWith(next, name, refusal);
        };
    }

    @PostMapping(LIST + "/{name}/rotate")
    ModelAndView rotate(Member member, @PathVariable String name, RedirectAttributes next) {
        return switch (domains.rotateKey(member.account(), name)) {
            case Outcome.Done<DomainReport>(DomainReport report) -> {
                Notice.done(next, words.of("domain.rotated"));
                yield new ModelAndView("redirect:" + path(report));
            }
            case Outcome.Refused<DomainReport>(Refusal.DomainUnknown unknown) -> ErrorPages.notFound(LIST);
            case Outcome.Refused<DomainReport>(Refusal refusal) -> backWith(next, name, refusal);
        };
    }

    @PostMapping(LIST + "/{name}/delete")
    ModelAndView delete(
            Member member,
            @PathVariable String name,
            @RequestParam(name = "typed", defaultValue = "") String typed,
            RedirectAttributes next) {
        if (!typed.strip().equalsIgnoreCase(name)) {
            Notice.trouble(next, words.of("domain.delete-mistyped", name));
            return new ModelAndView("redirect:" + LIST + "/{name}", Map.of("name", name));
        }
        return switch (domains.delete(member.account(), name)) {
            case Outcome.Done<SendingDomain>(SendingDomain gone) -> {
                Notice.done(next, words.of("domain.deleted", gone.name().unicode()));
                yield new ModelAndView("redirect:" + LIST);
            }
            case Outcome.Refused<SendingDomain>(Refusal.DomainUnknown unknown) -> ErrorPages.notFound(LIST);
            case Outcome.Refused<SendingDomain>(Refusal refusal) -> backWith(next, name, refusal);
        };
    }

    /** The records as a file that DNS hosts import. */
    @GetMapping(LIST + "/{name}/zone")
    ResponseEntity<String> zone(Member member, @PathVariable String name) {
        return switch (domains.report(member.account(), name)) {
            case Outcome.Done<DomainReport>(DomainReport report) ->
                ResponseEntity.ok()
                        .contentType(MediaType.TEXT_PLAIN)
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\""
                                        + report.domain().name().ascii() + ".zone\"")
                        .body(report.zoneFile());
            case Outcome.Refused<DomainReport> refused ->
                ResponseEntity.notFound().build();
        };
    }

    private ModelAndView page(Member member, DomainReport report) {
        SendingDomain domain = report.domain();
        DomainStanding standing =
                Objects.requireNonNull(reputation.standings(Set.of(domain.id())).get(domain.id()));
        long addresses = senders.list(member.account()).stream()
                .filter(sender -> sender.address().domain().equals(domain.name()))
                .count();
        return new ModelAndView("console/domain/page")
                .addObject("report", report)
                .addObject("domain", domain)
                .addObject("records", view.records(report))
                .addObject("sentence", view.sentence(report, standing))
                .addObject("standing", standing)
                .addObject("ladder", DomainView.ladder(standing))
                .addObject("addresses", addresses)
                .addObject("wrong", view.wrong(report));
    }

    private ModelAndView backWith(RedirectAttributes next, String name, Refusal refusal) {
        Notice.trouble(next, refusals.of(refusal));
        return new ModelAndView("redirect:" + LIST + "/{name}", Map.of("name", name));
    }

    private static String path(DomainReport report) {
        return LIST + "/" + report.domain().name().ascii();
    }
}
