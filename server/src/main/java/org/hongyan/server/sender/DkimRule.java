package org.hongyan.server.sender;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hongyan.mail.dns.DnsAnswer;

/** Whether what stands at {@code <selector>._domainkey} publishes our key (RFC 6376 §3.6.1). Pure. */
final class DkimRule {

    /** Most DNS panels that cut a value cut it at the end of the first character-string (RFC 1035 §3.3). */
    private static final int CHARACTER_STRING = 255;

    private DkimRule() {}

    /**
     * @param expected our record
     * @param answer the texts at the selector, aliases already followed
     */
    static RecordJudgement judge(String expected, DnsAnswer<String> answer) {
        return switch (answer) {
            case DnsAnswer.Unavailable<String>(String why) -> RecordJudgement.unanswered(why);
            case DnsAnswer.NoSuchName<String>(), DnsAnswer.NoData<String>() -> RecordJudgement.missing("dkim.missing");
            case DnsAnswer.Found<String> found -> judgeTexts(expected, found.records());
        };
    }

    private static RecordJudgement judgeTexts(String expected, List<String> texts) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
        if (distinct.size() > 1) {
            // §3.6.2.2: several records at one selector make the result undefined, even when one of them is right.
            return RecordJudgement.mismatch("dkim.two-records", distinct).with("count", distinct.size());
        }
        String text = distinct.getFirst();
        String wanted = TagList.parse(expected).exact("p").orElseThrow();
        return judgeText(wanted, expected, text, distinct);
    }

    private static RecordJudgement judgeText(String wanted, String expected, String text, List<String> seen) {
        if (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0) {
            return RecordJudgement.mismatch("dkim.quotes", seen);
        }
        TagList tags = TagList.parse(text);
        Optional<String> key = tags.exact("p").map(DkimRule::withoutSpace);
        if (key.isEmpty()) {
            return RecordJudgement.mismatch(tags.anyCase("p").isPresent() ? "dkim.tag-case" : "dkim.no-key", seen)
                    .with("tag", "p");
        }
        if (!tags.broken().isEmpty()) {
            return RecordJudgement.mismatch("dkim.not-a-tag", seen).with("piece", tags.broken());
        }
        Optional<String> repeated = tags.repeated();
        if (repeated.isPresent()) {
            return RecordJudgement.mismatch("dkim.tag-twice", seen).with("tag", repeated.get());
        }
        if (key.get().isEmpty()) {
            return RecordJudgement.mismatch("dkim.revoked", seen);
        }
        if (!key.get().equals(wanted)) {
            return otherKey(wanted, expected, key.get(), text, seen);
        }
        return judgeOtherTags(tags, seen);
    }

    private static RecordJudgement otherKey(
            String wanted, String expected, String key, String text, List<String> seen) {
        if (wanted.startsWith(key)) {
            String reason = text.length() >= CHARACTER_STRING - 1 && text.length() <= CHARACTER_STRING + 1
                    ? "dkim.truncated-at-255"
                    : "dkim.truncated";
            return RecordJudgement.mismatch(reason, seen)
                    .with("at", text.length() + 1)
                    .with("length", expected.length());
        }
        if (key.equalsIgnoreCase(wanted)) {
            return RecordJudgement.mismatch("dkim.key-case", seen);
        }
        int common = 0;
        while (common < Math.min(key.length(), wanted.length()) && key.charAt(common) == wanted.charAt(common)) {
            common++;
        }
        // All RSA-2048 keys begin alike for 44 characters; a longer common start is our key, damaged on its way.
        return common > 60
                ? RecordJudgement.mismatch("dkim.damaged", seen)
                        .with("at", text.indexOf(key) < 0 ? common + 1 : text.indexOf(key) + common + 1)
                : RecordJudgement.mismatch("dkim.other-key", seen);
    }

    private static RecordJudgement judgeOtherTags(TagList tags, List<String> seen) {
        Optional<String> version = tags.exact("v");
        if (version.isPresent()
                && (!version.get().equals("DKIM1")
                        || !tags.tags().getFirst().name().equals("v"))) {
            return RecordJudgement.mismatch("dkim.version", seen).with("given", version.get());
        }
        if (version.isEmpty() && tags.anyCase("v").isPresent()) {
            return RecordJudgement.mismatch("dkim.tag-case", seen).with("tag", "v");
        }
        if (tags.exact("k").isEmpty() && tags.anyCase("k").isPresent()) {
            return RecordJudgement.mismatch("dkim.tag-case", seen).with("tag", "k");
        }
        String keyType = tags.exact("k").orElse("rsa");
        if (!keyType.equals("rsa")) {
            return RecordJudgement.mismatch("dkim.key-type", seen).with("given", keyType);
        }
        if (!lists(tags.exact("h").orElse("sha256"), "sha256")) {
            return RecordJudgement.mismatch("dkim.hash", seen)
                    .with("given", tags.exact("h").orElse(""));
        }
        String service = tags.exact("s").orElse("*");
        if (!lists(service, "*") && !lists(service, "email")) {
            return RecordJudgement.mismatch("dkim.service", seen).with("given", service);
        }
        boolean testing = lists(tags.exact("t").orElse(""), "y");
        return RecordJudgement.pass(testing ? "dkim.pass-testing" : "dkim.pass", seen);
    }

    private static boolean lists(String colonSeparated, String item) {
        for (String part : colonSeparated.split(":", -1)) {
            if (part.strip().toLowerCase(Locale.ROOT).equals(item)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutSpace(String value) {
        StringBuilder dense = new StringBuilder(value.length());
        value.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> dense.append((char) c));
        return dense.toString();
    }
}
