package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.reputation.LevelRules;
import org.hongyan.server.sender.DnsRecordCheck;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.RecordStatus;
import org.jspecify.annotations.Nullable;
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
        if (check.reason().isEmpty()) {
            return "";
        }
        String text = words.orElse("sender.reason." + check.reason(), "sender.reason.other");
        return filled(text, check.reasonFacts());
    }

    /** Puts the named facts into their braces, in one pass, so that a fact which holds braces stays as it is. */
    private static String filled(String text, @Nullable Map<String, String> facts) {
        if (facts == null) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 40);
        int at = 0;
        while (true) {
            int open = text.indexOf('<', at);
            int close = open < 0 ? -1 : text.indexOf('>', open);
            if (close < 0) {
                return result.append(text, at, text.length()).toString();
            }
            String fact = facts.get(text.substring(open + 1, close));
            result.append(text, at, open).append(fact == null ? Figures.UNKNOWN : fact);
            at = close + 1;
        }
    }
}
