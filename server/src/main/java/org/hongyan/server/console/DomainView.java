package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.reputation.LevelRules;
import org.hongyan.server.sender.DnsRecordCheck;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.RecordStatus;
import org.springframework.stereotype.Component;

/** What the page of a domain says: its answer in one sentence, its records with what differs marked, its ladder. */
@Component
final class DomainView {

    /**
     * One row of the records' table.
     *
     * @param reason sentence on the result; empty when nothing need be said
     */
    record Row(DnsRecordCheck check, String host, MarkedValue expected, List<MarkedValue> seen, String reason) {}

    /** One rung: its cap in mails a day, and where the domain stands to it. */
    record Rung(int level, long cap, String look) {}

    private final Words words;
    private final Figures figures;

    DomainView(Words words, Figures figures) {
        this.words = words;
        this.figures = figures;
    }

    List<Row> records(DomainReport report) {
        return report.records().stream().map(this::row).toList();
    }

    /** How many records stand in the way. */
    long wrong(DomainReport report) {
        return report.records().stream()
                .filter(check -> check.status() != RecordStatus.PASS)
                .count();
    }

    String sentence(DomainReport report, DomainStanding standing) {
        var domain = report.domain();
        return switch (domain.state()) {
            case PENDING ->
                domain.lastCheckedAt() == null
                        ? words.of("domain.say.new")
                        : words.of("domain.say.pending", wrong(report), figures.clock(domain.nextCheckAt()));
            case VERIFIED -> verified(standing);
            case ABNORMAL ->
                words.of(
                        "domain.say.abnormal",
                        figures.clock(domain.abnormalSince()),
                        figures.clock(domain.nextCheckAt()));
            case REFUSED ->
                words.of(
                        "domain.say.refused",
                        figures.clock(domain.abnormalSince()),
                        figures.clock(domain.nextCheckAt()));
        };
    }

    private String verified(DomainStanding standing) {
        if (standing.banned()) {
            return words.of("domain.say.banned", figures.clock(standing.dayEndsAt()));
        }
        if (standing.level() == 0) {
            return words.of("domain.say.zero");
        }
        return words.of(
                "domain.say.verified",
                standing.level(),
                figures.count(standing.cap()),
                figures.count(standing.admitted()),
                figures.count(standing.remaining()));
    }

    static List<Rung> ladder(DomainStanding standing) {
        LevelRules rules = LevelRules.standard();
        List<Rung> rungs = new ArrayList<>();
        for (int level = 1; level <= LevelRules.HIGHEST_LEVEL; level++) {
            String look = level < standing.level() ? "on" : level == standing.level() ? "now" : "";
            rungs.add(new Rung(level, rules.cap(level), look));
        }
        return rungs;
    }

    private Row row(DnsRecordCheck check) {
        boolean differs =
                check.status() == RecordStatus.MISMATCH && check.seen().size() == 1;
        String other = differs ? check.seen().getFirst() : null;
        return new Row(
                check,
                check.host().ascii(),
                MarkedValue.of(check.expected(), other),
                check.seen().stream()
                        .map(value -> MarkedValue.of(value, differs ? check.expected() : null))
                        .toList(),
                reason(check));
    }

    private String reason(DnsRecordCheck check) {
        return check.reason().isEmpty() ? "" : RecordReasons.text(check.reason(), check.reasonFacts());
    }
}
