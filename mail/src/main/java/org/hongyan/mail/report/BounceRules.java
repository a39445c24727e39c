package org.hongyan.mail.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rule file, read. Its form is told at the top of {@code bounce-rules.txt}. Patterns are plain text with {@code *}
 * for anything in between; no regular expressions, so a hostile reply costs time in proportion to its length only.
 */
record BounceRules(List<Section> sections) {

    /** A rule file that does not follow its form. */
    @SuppressWarnings("serial")
    static final class MalformedRules extends IllegalArgumentException {
        MalformedRules(int line, String problem) {
            super("line " + line + ": " + problem);
        }
    }

    /**
     * Rules for the replies of one provider, or for everybody's.
     *
     * @param name empty for everybody's
     * @param hosts MX host names, each matching itself and all below it
     */
    record Section(String name, List<String> hosts, List<Rule> rules) {

        boolean appliesTo(String hostOrProvider) {
            return name.isEmpty()
                    || name.equals(hostOrProvider)
                    || hosts.stream()
                            .anyMatch(host -> hostOrProvider.equals(host) || hostOrProvider.endsWith("." + host));
        }
    }

    /**
     * @param codes prefixes of basic or enhanced codes one of which must fit; none for any code
     * @param patterns one of which must occur
     */
    record Rule(String id, BounceCategory category, Blame blame, List<String> codes, List<List<String>> patterns) {

        boolean matches(ReplyText reply) {
            return (codes.isEmpty() || codes.stream().anyMatch(reply::hasCode))
                    && (patterns.isEmpty() || patterns.stream().anyMatch(reply::contains));
        }
    }

    static BounceRules parse(List<String> lines) {
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                sections.add(section(line, i + 1));
            } else if (sections.isEmpty()) {
                throw new MalformedRules(i + 1, "a rule stands before the first section");
            } else {
                sections.getLast().rules().add(rule(line, sections.getLast().name(), i + 1));
            }
        }
        return new BounceRules(List.copyOf(sections));
    }

    private static Section section(String line, int number) {
        if (!line.endsWith("]")) {
            throw new MalformedRules(number, "a section ends with ]");
        }
        String[] words = line.substring(1, line.length() - 1).strip().split("\\s+");
        boolean everybody = words[0].equals("everybody");
        return new Section(
                everybody ? "" : words[0], List.of(Arrays.copyOfRange(words, 1, words.length)), new ArrayList<>());
    }

    private static Rule rule(String line, String section, int number) {
        String[] columns = line.split("\\|", 3);
        String[] head = columns[0].strip().split("\\s+");
        if (columns.length != 3 || head.length != 3) {
            throw new MalformedRules(number, "a rule is: name category blame | codes | patterns");
        }
        List<String> codes = words(columns[1], ",");
        List<List<String>> patterns = words(columns[2], ";").stream()
                .map(pattern -> words(pattern, "*"))
                .toList();
        if (codes.isEmpty() && patterns.isEmpty()) {
            throw new MalformedRules(number, "a rule has codes or patterns");
        }
        return new Rule(
                (section.isEmpty() ? "general" : section) + "/" + head[0],
                category(head[1], number),
                blame(head[2], number),
                codes,
                patterns);
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.split(java.util.regex.Pattern.quote(separator), -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static BounceCategory category(String name, int number) {
        for (BounceCategory category : BounceCategory.values()) {
            if (category.wireName().equals(name)) {
                return category;
            }
        }
        throw new MalformedRules(number, "there is no category " + name);
    }

    private static Blame blame(String name, int number) {
        for (Blame blame : Blame.values()) {
            if (blame.wireName().equals(name)) {
                return blame;
            }
        }
        throw new MalformedRules(number, "there is no blame " + name);
    }
}
