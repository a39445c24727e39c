package org.hongyan.server.sender;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Whether mail that we send passes the SPF record of a domain (RFC 7208): there is one record, it has no error, it
 * stays within ten look-ups, and our name is included, directly, through another include, or by redirect.
 *
 * <p>The whole tree is counted, as no receiver can know in advance which address will ask. Pure but for the given
 * look-up.
 */
final class SpfRule {

    private static final int MOST_LOOKUPS = 10;

    private final DomainName operatorName;
    private final Function<DomainName, DnsAnswer<String>> texts;

    private int lookups;
    private @Nullable RecordJudgement problem;
    private List<String> seen = List.of();

    private SpfRule(DomainName operatorName, Function<DomainName, DnsAnswer<String>> texts) {
        this.operatorName = operatorName;
        this.texts = texts;
    }

    /**
     * @param operatorName the name to be included
     * @param answer the texts at the domain itself
     * @param texts looks up the texts of included names
     */
    static RecordJudgement judge(
            DomainName operatorName, DnsAnswer<String> answer, Function<DomainName, DnsAnswer<String>> texts) {
        return switch (answer) {
            case DnsAnswer.Unavailable<String>(String why) -> RecordJudgement.unanswered(why);
            case DnsAnswer.NoSuchName<String>(), DnsAnswer.NoData<String>() -> RecordJudgement.missing("spf.missing");
            case DnsAnswer.Found<String> found -> new SpfRule(operatorName, texts).judgeTexts(found.records());
        };
    }

    private RecordJudgement judgeTexts(List<String> found) {
        List<String> records = found.stream().filter(SpfRecord::isSpf).toList();
        if (records.isEmpty()) {
            return withoutRecord(found);
        }
        seen = records;
        if (records.size() > 1) {
            // §4.5: more than one record is a PermError, whatever they say.
            return RecordJudgement.mismatch("spf.two-records", records)
                    .with("count", records.size())
                    .with("suggested", merged(records));
        }
        String text = records.getFirst();
        SpfRecord record = SpfRecord.parse(text);
        boolean reached = walk(record, "", true);
        if (problem != null) {
            return problem;
        }
        if (!reached) {
            return RecordJudgement.mismatch("spf.not-included", records)
                    .with("include", operatorName.ascii())
                    .with("suggested", merged(records));
        }
        return RecordJudgement.pass(record.passesEverybody() ? "spf.pass-everybody" : "spf.pass", records)
                .with("lookups", lookups);
    }

    private static RecordJudgement withoutRecord(List<String> found) {
        Optional<String> nearly = found.stream()
                .filter(text -> text.toLowerCase(Locale.ROOT).contains("spf1"))
                .findFirst();
        if (nearly.isEmpty()) {
            return RecordJudgement.missing("spf.missing");
        }
        boolean quoted = nearly.get().indexOf('"') >= 0;
        return RecordJudgement.mismatch(quoted ? "spf.quotes" : "spf.version", List.of(nearly.get()));
    }

    /**
     * Goes through a record and what it includes.
     *
     * @param where the included name; empty for the domain's own record
     * @param effective whether a pass in here is a pass of the whole
     * @return whether our include is met in a place where it counts
     */
    private boolean walk(SpfRecord record, String where, boolean effective) {
        if (!record.broken().isEmpty()) {
            problem = problemOf("spf.syntax", where).with("term", record.broken());
            return false;
        }
        boolean reached = false;
        boolean decided = false;
        boolean hasAll = false;
        for (SpfRecord.Directive directive : record.directives()) {
            if (problem != null) {
                return reached;
            }
            if (directive.asksDns() && !countLookup()) {
                return reached;
            }
            if (directive.name().equals("include")) {
                boolean counts = effective && !decided && directive.passes();
                reached |= include(directive.target(), counts);
            }
            if (directive.name().equals("all")) {
                hasAll = true;
                decided = true;
            }
        }
        // §6.1: a redirect is not looked at when there is an "all".
        if (!hasAll && record.redirect().isPresent() && problem == null && countLookup()) {
            reached |= include(record.redirect().get(), effective);
        }
        return reached;
    }

    private boolean include(String target, boolean counts) {
        Optional<DomainName> name = DomainName.tryParse(target);
        if (name.isEmpty()) {
            // A macro (§7) stands for another name with each mail, so it cannot be looked at beforehand.
            if (target.indexOf('%') < 0) {
                problem = problemOf("spf.syntax", "").with("term", target);
            }
            return false;
        }
        boolean ours = name.get().equals(operatorName);
        return switch (texts.apply(name.get())) {
            case DnsAnswer.Unavailable<String>(String why) -> {
                problem = new RecordJudgement(RecordStatus.TIMED_OUT, "spf.include-no-answer", Map.of("why", why), seen)
                        .with("include", name.get().ascii());
                yield false;
            }
            case DnsAnswer.NoSuchName<String>(), DnsAnswer.NoData<String>() -> withoutSpf(ours, name.get());
            case DnsAnswer.Found<String> found -> {
                List<String> records =
                        found.records().stream().filter(SpfRecord::isSpf).toList();
                if (records.isEmpty()) {
                    yield withoutSpf(ours, name.get());
                }
                if (records.size() > 1) {
                    problem = problemOf("spf.include-two-records", name.get().ascii());
                    yield false;
                }
                boolean below =
                        walk(SpfRecord.parse(records.getFirst()), name.get().ascii(), counts);
                yield counts && ours || below;
            }
        };
    }

    /** §5.2: an include of a name without a record is a PermError. Ours would be the operator's fault: say so. */
    private boolean withoutSpf(boolean ours, DomainName name) {
        problem = problemOf(ours ? "spf.operator-name-missing" : "spf.include-missing", name.ascii());
        return false;
    }

    private boolean countLookup() {
        lookups++;
        if (lookups > MOST_LOOKUPS) {
            problem = RecordJudgement.mismatch("spf.too-many-lookups", seen).with("limit", MOST_LOOKUPS);
            return false;
        }
        return true;
    }

    private RecordJudgement problemOf(String reason, String where) {
        RecordJudgement found = RecordJudgement.mismatch(reason, seen);
        return where.isEmpty() ? found : found.with("include", where);
    }

    /** One record with all that was there, ours first, so that an "all" before the end does not hide it. */
    private String merged(List<String> records) {
        StringBuilder merged = new StringBuilder("v=spf1 include:").append(operatorName.ascii());
        String end = "~all";
        for (String record : records) {
            for (String term : record.substring("v=spf1".length()).strip().split(" +")) {
                String lower = term.toLowerCase(Locale.ROOT);
                if (lower.matches("[+?~-]?all")) {
                    end = lower;
                } else if (!lower.isEmpty()
                        && !merged.toString().toLowerCase(Locale.ROOT).contains(" " + lower)) {
                    merged.append(' ').append(term);
                }
            }
        }
        boolean redirected = merged.toString().toLowerCase(Locale.ROOT).contains(" redirect=");
        return redirected ? merged.toString() : merged.append(' ').append(end).toString();
    }
}
