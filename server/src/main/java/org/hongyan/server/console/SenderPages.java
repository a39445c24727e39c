package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.SenderAddress;
import org.hongyan.server.sender.SenderAddresses;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Sender addresses: the list, a new one, its display name and SMTP password. */
@Controller
final class SenderPages {

    private static final String LIST = "/console/senders";

    private final SenderAddresses senders;
    private final SendingDomains domains;
    private final RefusalTexts refusals;
    private final Words words;

    SenderPages(SenderAddresses senders, SendingDomains domains, RefusalTexts refusals, Words words) {
        this.senders = senders;
        this.domains = domains;
        this.refusals = refusals;
        this.words = words;
    }

    @GetMapping(LIST)
    String list(Member member, @RequestParam(name = "domain", defaultValue = "") String domain, Model model) {
        List<SenderAddress> all = senders.list(member.account());
        model.addAttribute(
                "senders",
                domain.isEmpty()
                        ? all
                        : all.stream()
                                .filter(one -> one.address().domain().ascii().equals(domain))
                                .toList());
        model.addAttribute("domain", domain);
        model.addAttribute("domains", usable(member));
        return "console/sender/list";
    }

    @GetMapping(LIST + "/new")
    String create(Member member, @RequestParam(name = "domain", defaultValue = "") String domain, Model model) {
        model.addAttribute("domains", usable(member));
        model.addAttribute("domain", domain);
        return "console/sender/new";
    }

    @PostMapping(LIST)
    String created(
            Member member,
            @RequestParam(name = "prefix", defaultValue = "") String prefix,
            @RequestParam(name = "domain", defaultValue = "") String domain,
            @RequestParam(name = "alias", defaultValue = "") String alias,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Outcome<SenderAddress> outcome = prefix.isBlank()
                ? Outcome.refused(new Refusal.FieldMissing("address"))
                : senders.create(member.account(), prefix.strip() + "@" + domain, alias.strip());
        return switch (outcome) {
            case Outcome.Done<SenderAddress>(SenderAddress sender) -> {
                Notice.done(next, words.of("sender.created", sender.address()));
                yield "redirect:" + LIST;
            }
            case Outcome.Refused<SenderAddress>(Refusal refusal) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("problems", refusals.problems(refusal));
                model.addAttribute("prefix", prefix);
                model.addAttribute("alias", alias);
                yield create(member, domain, model);
            }
        };
    }

    @GetMapping(LIST + "/{address}")
    ModelAndView edit(Member member, @PathVariable String address) {
        return own(member, address)
                .map(sender -> new ModelAndView("console/sender/edit").addObject("sender", sender))
                .orElseGet(() -> ErrorPages.notFound(LIST));
    }

    @PostMapping(LIST + "/{address}/alias")
    ModelAndView rename(
            Member member,
            @PathVariable String address,
            @RequestParam(name = "alias", defaultValue = "") String alias,
            RedirectAttributes next) {
        return changed(
                member, address, senders.rename(member.account(), address, alias.strip()), "sender.renamed", next);
    }

    @PostMapping(LIST + "/{address}/password")
    ModelAndView password(
            Member member,
            @PathVariable String address,
            @RequestParam(name = "password", defaultValue = "") String password,
            RedirectAttributes next) {
        return changed(
                member,
                address,
                senders.setSmtpPassword(member.account(), address, password),
                "sender.password-set",
                next);
    }

    @PostMapping(LIST + "/{address}/delete")
    ModelAndView delete(Member member, @PathVariable String address, RedirectAttributes next) {
        return switch (senders.delete(member.account(), address)) {
            case Outcome.Done<SenderAddress>(SenderAddress gone) -> {
                Notice.done(next, words.of("sender.deleted", gone.address()));
                yield new ModelAndView("redirect:" + LIST);
            }
            case Outcome.Refused<SenderAddress> refused -> ErrorPages.notFound(LIST);
        };
    }

    private ModelAndView changed(
            Member member, String address, Outcome<SenderAddress> outcome, String said, RedirectAttributes next) {
        return switch (outcome) {
            case Outcome.Done<SenderAddress>(SenderAddress sender) -> {
                Notice.done(next, words.of(said));
                yield new ModelAndView("redirect:" + LIST + "/{address}", Map.of("address", address));
            }
            case Outcome.Refused<SenderAddress>(Refusal.SenderUnknown unknown) -> ErrorPages.notFound(LIST);
            case Outcome.Refused<SenderAddress>(Refusal refusal) -> {
                ModelAndView page = edit(member, address);
                page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                yield page.addObject("problems", refusals.problems(refusal));
            }
        };
    }

    private Optional<SenderAddress> own(Member member, String address) {
        return EmailAddress.tryParse(address).flatMap(parsed -> senders.find(member.account(), parsed));
    }

    /** Domains under which an address can be made. */
    private List<SendingDomain> usable(Member member) {
        return domains.list(member.account()).stream()
                .filter(domain -> domain.state() == DomainState.VERIFIED || domain.state() == DomainState.ABNORMAL)
                .toList();
    }
}
