package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.policy.ContentPolicy;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.RecordKind;
import org.hongyan.server.sender.RecordStatus;
import org.hongyan.server.sender.SendingDomains;
import org.hongyan.server.template.CompiledTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the bulk-sender rules of the mailbox providers would object to in one mail, from what is known before it is sent. */
@Component
final class Preflight {

    /** One line of the list. */
    record Line(Badge badge, String text) {}

    private static final Badge PASS = new Badge("ok", "preflight.pass");
    private static final Badge NOTICE = new Badge("half wait", "preflight.notice");
    private static final Badge FAIL = new Badge("tri bad", "preflight.fail");

    private final SendingDomains domains;
    private final ContentPolicy policy;
    private final FindingTexts findings;
    private final Words words;

    Preflight(SendingDomains domains, ContentPolicy policy, FindingTexts findings, Words words) {
        this.domains = domains;
        this.policy = policy;
        this.findings = findings;
        this.words = words;
    }

    List<Line> of(AccountId account, SendForm form, CompiledTemplate.@Nullable Rendered rendered) {
        List<Line> lines = new ArrayList<>();
        EmailAddress.tryParse(form.from() == null ? "" : form.from())
                .ifPresent(from -> lines.add(authentication(account, from)));
        lines.add(
                form.unsubscribes()
                        ? new Line(PASS, words.of("preflight.unsubscribe"))
                        : new Line(NOTICE, words.of("preflight.no-unsubscribe")));
        if (rendered != null) {
            findings.of(policy.examine(rendered.subject(), rendered.html(), rendered.text(), List.of()))
                    .forEach(shown -> lines.add(new Line(
                            NOTICE,
                            words.of("preflight.finding", shown.finding().rule(), shown.text()))));
        }
        return lines;
    }

    private Line authentication(AccountId account, EmailAddress from) {
        return switch (domains.report(account, from.domain().ascii())) {
            case Outcome.Refused<DomainReport> unknown -> new Line(FAIL, words.of("preflight.no-domain"));
            case Outcome.Done<DomainReport>(DomainReport report) -> {
                Set<RecordKind> broken = report.records().stream()
                        .filter(check -> check.kind() != RecordKind.MX && check.status() != RecordStatus.PASS)
                        .map(check -> check.kind())
                        .collect(Collectors.toCollection(java.util.TreeSet::new));
                yield broken.isEmpty()
                        ? new Line(PASS, words.of("preflight.aligned"))
                        : new Line(
                                FAIL,
                                words.of(
                                        "preflight.not-aligned",
                                        broken.stream().map(RecordKind::name).collect(Collectors.joining(" "))));
            }
        };
    }
}
