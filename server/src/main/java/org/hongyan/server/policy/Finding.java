package org.hongyan.server.policy;

/**
 * One thing that the content policy noticed.
 *
 * @param rule identifier, such as {@code C4}; its text is in the message bundles under {@code policy.C4}
 * @param severity what it leads to
 * @param place part and position, such as {@code html:12:5} (line and column from 1), {@code subject:1:8}, {@code
 *     file:logo.png}, or the part alone when it concerns all of it
 * @param matched the text that matched, shortened to at most 80 characters; a figure where nothing was matched
 */
public record Finding(String rule, Severity severity, String place, String matched) {

    private static final int LONGEST = 80;

    /** What a finding leads to. */
    public enum Severity {
        /** Told to the author, stops nothing. */
        ADVICE,
        /** A person must look. */
        NEEDS_PERSON,
        /** Refused. */
        REFUSED
    }

    /** Shortens the matched text and takes control characters out of it. */
    public Finding {
        matched = shortened(matched);
        place = shortened(place);
    }

    Finding(PolicyRule rule, Severity severity, String place, String matched) {
        this(rule.name(), severity, place, matched);
    }

    private static String shortened(String text) {
        StringBuilder out = new StringBuilder();
        int[] points = text.strip().codePoints().limit(LONGEST + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, LONGEST); i++) {
            int c = points[i];
            int type = Character.getType(c);
            boolean shown = type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE;
            out.appendCodePoint(shown ? c : ' ');
        }
        if (points.length > LONGEST) {
            out.setLength(out.offsetByCodePoints(out.length(), -1));
            out.append('…');
        }
        return out.toString();
    }
}
