package org.hongyan.server.sender;

import java.util.Optional;
import org.hongyan.server.refusal.Refusal;

/** Which display names (别名) may stand before an address: any Unicode but what hides, turns or breaks a line. */
final class DisplayNames {

    private static final int LONGEST = 128;

    private DisplayNames() {}

    /** Names of the problems: {@code length}, {@code control}, {@code bidi}, {@code surrogate}, {@code unassigned}. */
    static Optional<Refusal> problemOf(String name) {
        if (name.codePointCount(0, name.length()) > LONGEST) {
            return refused(name, "length");
        }
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            String problem = problemOf(c);
            if (!problem.isEmpty()) {
                return refused(name, problem);
            }
            i += Character.charCount(c);
        }
        return Optional.empty();
    }

    private static String problemOf(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> "control";
            case Character.SURROGATE -> "surrogate";
            case Character.UNASSIGNED, Character.PRIVATE_USE -> "unassigned";
            // Joiners belong to names in Persian and Indic scripts, and to composed emoji; tags to flags.
            case Character.FORMAT -> c == 0x200C || c == 0x200D || c >= 0xE0020 && c <= 0xE007F ? "" : "bidi";
            default -> "";
        };
    }

    private static Optional<Refusal> refused(String name, String problem) {
        return Optional.of(new Refusal.DisplayNameIllegal(name, problem));
    }
}
