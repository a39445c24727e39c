package org.hongyan.server.sender;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one look at one record gave.
 *
 * @param reason key of the message bundle under {@code sender.reason.}
 * @param facts named facts for that message
 * @param seen what was found there, at most {@value #MOST_SEEN} values of at most {@value #LONGEST_SEEN} characters
 */
record RecordJudgement(RecordStatus status, String reason, Map<String, String> facts, List<String> seen) {

    private static final int MOST_SEEN = 10;
    private static final int LONGEST_SEEN = 2_000;

    RecordJudgement {
        facts = Map.copyOf(facts);
        seen = seen.stream().limit(MOST_SEEN).map(RecordJudgement::printable).toList();
    }

    static RecordJudgement pass(String reason, List<String> seen) {
        return new RecordJudgement(RecordStatus.PASS, reason, Map.of(), seen);
    }

    static RecordJudgement mismatch(String reason, List<String> seen) {
        return new RecordJudgement(RecordStatus.MISMATCH, reason, Map.of(), seen);
    }

    static RecordJudgement missing(String reason) {
        return new RecordJudgement(RecordStatus.MISSING, reason, Map.of(), List.of());
    }

    /** The DNS did not answer; {@code why} names the server and what happened. */
    static RecordJudgement unanswered(String why) {
        return new RecordJudgement(RecordStatus.TIMED_OUT, "no-answer", Map.of("why", why), List.of());
    }

    /** The same with one fact more. */
    RecordJudgement with(String name, String value) {
        Map<String, String> more = new TreeMap<>(facts);
        more.put(name, value);
        return new RecordJudgement(status, reason, more, seen);
    }

    RecordJudgement with(String name, int value) {
        return with(name, Integer.toString(value));
    }

    boolean passed() {
        return status == RecordStatus.PASS;
    }

    /** Records hold any octets; a page and a database want text, and NUL is none to PostgreSQL. */
    private static String printable(String value) {
        String shortened = value.length() > LONGEST_SEEN ? value.substring(0, LONGEST_SEEN) + "…" : value;
        StringBuilder text = new StringBuilder(shortened.length());
        for (int i = 0; i < shortened.length(); i++) {
            char c = shortened.charAt(i);
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return text.toString();
    }
}
