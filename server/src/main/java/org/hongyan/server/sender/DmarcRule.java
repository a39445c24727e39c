package org.hongyan.server.sender;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hongyan.mail.dns.DnsAnswer;

/** Whether what stands at {@code _dmarc} is a valid policy, whichever it is (RFC 7489 §6.3, §6.6.3). Pure. */
final class DmarcRule {

    private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

    private DmarcRule() {}

    static RecordJudgement judge(DnsAnswer<String> answer) {
        return switch (answer) {
            case DnsAnswer.Unavailable<String>(String why) -> RecordJudgement.unanswered(why);
            case DnsAnswer.NoSuchName<String>(), DnsAnswer.NoData<String>() -> RecordJudgement.missing("dmarc.missing");
            case DnsAnswer.Found<String> found -> judgeTexts(found.records());
        };
    }

    private static RecordJudgement judgeTexts(List<String> texts) {
        List<String> records = texts.stream().filter(DmarcRule::claimsToBeDmarc).toList();
        if (records.isEmpty()) {
            return RecordJudgement.mismatch("dmarc.other-text", texts);
        }
        if (records.size() > 1) {
            // §6.6.3 step 5: with several records there is no policy at all.
            return RecordJudgement.mismatch("dmarc.two-records", records).with("count", records.size());
        }
        return judgeRecord(records.getFirst(), records);
    }

    private static boolean claimsToBeDmarc(String text) {
        return text.stripLeading().toLowerCase(Locale.ROOT).replace(" ", "").startsWith("v=dmarc1");
    }

    private static RecordJudgement judgeRecord(String text, List<String> seen) {
        if (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0) {
            return RecordJudgement.mismatch("dmarc.quotes", seen);
        }
        TagList tags = TagList.parse(text);
        // The name of a tag may be in any case; the value DMARC1 may not (§6.4: it is spelt out in octets).
        String version = tags.anyCase("v").orElse("");
        if (!tags.startsWith("v") || !version.equals("DMARC1")) {
            return RecordJudgement.mismatch("dmarc.version", seen).with("given", version);
        }
        if (!tags.broken().isEmpty()) {
            return RecordJudgement.mismatch("dmarc.not-a-tag", seen).with("piece", tags.broken());
        }
        Optional<String> policy = tags.anyCase("p");
        if (policy.isEmpty()) {
            return RecordJudgement.mismatch("dmarc.no-policy", seen);
        }
        for (TagList.Tag tag : tags.tags()) {
            if (!isValid(tag)) {
                return RecordJudgement.mismatch("dmarc.bad-tag", seen)
                        .with("tag", tag.name())
                        .with("given", tag.value());
            }
        }
        return RecordJudgement.pass("dmarc.pass", seen)
                .with("policy", policy.get().toLowerCase(Locale.ROOT));
    }

    private static boolean isValid(TagList.Tag tag) {
        String value = tag.value().toLowerCase(Locale.ROOT);
        return switch (tag.name().toLowerCase(Locale.ROOT)) {
            case "p", "sp", "np" -> POLICIES.contains(value);
            case "adkim", "aspf" -> value.equals("r") || value.equals("s");
            case "pct" -> value.matches("\\d{1,3}") && Integer.parseInt(value) <= 100;
            case "ri" -> value.matches("\\d{1,10}");
            case "fo" ->
                List.of(value.split(":", -1)).stream()
                        .allMatch(each -> each.strip().matches("[01ds]"));
            case "rua", "ruf" -> List.of(value.split(",", -1)).stream().allMatch(each -> isReportAddress(each.strip()));
            // Unknown tags are to be ignored (§6.3).
            default -> true;
        };
    }

    private static boolean isReportAddress(String uri) {
        return uri.startsWith("mailto:") ? uri.indexOf('@') > "mailto:".length() : uri.matches("[a-z][a-z0-9+.-]*:.+");
    }
}
