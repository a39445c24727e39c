package org.hongyan.server.console;

import java.util.List;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.dns.PretendDns;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.sender.DnsRecordCheck;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pretend DNS, as the panel of a DNS provider would show it: records, one more, one less, and all four at once. */
@Controller
@OnlyInSandbox
final class SandboxDnsPages {

    private static final String LIST = "/sandbox/dns";

    private final PretendDns dns;
    private final SendingDomains domains;
    private final RefusalTexts refusals;
    private final Words words;

    SandboxDnsPages(Sandbox sandbox, SendingDomains domains, RefusalTexts refusals, Words words) {
        this.dns = sandbox.dns();
        this.domains = domains;
        this.refusals = refusals;
        this.words = words;
    }

    @GetMapping(LIST)
    String list(Model model) {
        model.addAttribute("records", dns.records());
        model.addAttribute("builtIn", dns.builtInRecords());
        model.addAttribute(
                "server", dns.address().getHostString() + ":" + dns.address().getPort());
        return "console/sandbox/dns";
    }

    @PostMapping(LIST)
    ModelAndView add(
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "type", defaultValue = "") String type,
            @RequestParam(name = "value", defaultValue = "") String value,
            Model model,
            RedirectAttributes next) {
        try {
            dns.publish(DnsRecord.of(name.strip(), type, value.strip()));
        } catch (IllegalArgumentException refused) {
            list(model);
            return new ModelAndView("console/sandbox/dns", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT)
                    .addObject("problems", Problems.none().add("name", words.of("dns.refused", name, type, value)))
                    .addObject("name", name)
                    .addObject("type", type)
                    .addObject("value", value);
        }
        Notice.done(next, words.of("dns.added", name.strip(), type));
        return new ModelAndView("redirect:" + LIST);
    }

    @PostMapping(LIST + "/remove")
    String remove(
            @RequestParam(name = "name") String name,
            @RequestParam(name = "type") String type,
            @RequestParam(name = "value") String value,
            RedirectAttributes next) {
        dns.records().stream()
                .filter(record -> record.name().equals(name)
                        && record.type().name().equals(type)
                        && record.value().equals(value))
                .findFirst()
                .ifPresent(record -> {
                    dns.remove(record);
                    Notice.done(next, words.of("dns.removed", name, type));
                });
        return "redirect:" + LIST;
    }

    /** Does what a person does at a DNS provider: puts the records of a domain in the place of those of their names. */
    @PostMapping(LIST + "/publish")
    ModelAndView publish(ConsoleUser user, @RequestParam(name = "domain") String name, RedirectAttributes next) {
        if (user.accountId() == null) {
            return ErrorPages.notFound(LIST);
        }
        return switch (domains.report(user.accountId(), name)) {
            case Outcome.Refused<DomainReport>(Refusal.DomainUnknown unknown) -> ErrorPages.notFound(LIST);
            case Outcome.Refused<DomainReport>(Refusal refusal) -> {
                Notice.trouble(next, refusals.of(refusal));
                yield new ModelAndView("redirect:" + LIST);
            }
            case Outcome.Done<DomainReport>(DomainReport report) -> {
                List<DnsRecordCheck> wanted = report.records();
                wanted.forEach(check ->
                        dns.replace(check.host().ascii(), DnsRecord.typeNamed(check.type()), List.of(asRecord(check))));
                Notice.done(next, words.of("dns.published", wanted.size()));
                yield new ModelAndView(
                        "redirect:/console/domains/" + report.domain().name().ascii());
            }
        };
    }

    private static DnsRecord asRecord(DnsRecordCheck check) {
        return DnsRecord.of(check.host().ascii(), check.type(), check.expected());
    }
}
