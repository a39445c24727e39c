package org.hongyan.server.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of text that people see, and where each character of it stands in its part. Line and column count from 1, in
 * UTF-16 units, as editors do.
 */
final class Passage {

    private record Stretch(int from, int sourceStart, boolean hasReferences) {}

    private final String part;
    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final List<Stretch> stretches = new ArrayList<>();

    private Passage(String part, String source) {
        this.part = part;
        this.source = source;
    }

    /** A passage that is the whole of a part. */
    static Passage whole(String part, String source) {
        Passage passage = new Passage(part, source);
        passage.add(source, 0, false);
        return passage;
    }

    /** An empty passage, to which text from {@code source} is added. */
    static Passage within(String part, String source) {
        return new Passage(part, source);
    }

    /**
     * Adds text.
     *
     * @param sourceStart where it begins in the source; negative when that is not known
     * @param hasReferences whether the source writes characters of it as HTML references
     */
    void add(String added, int sourceStart, boolean hasReferences) {
        if (!added.isEmpty()) {
            stretches.add(new Stretch(text.length(), sourceStart, hasReferences));
            text.append(added);
        }
    }

    /** Separates what a block element separates. */
    void addBreak() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            add("\n", -1, false);
        }
    }

    String part() {
        return part;
    }

    String text() {
        return text.toString();
    }

    /** Such as {@code html:12:5}; the part alone when the place is not known. */
    String placeOf(int index) {
        Stretch found = null;
        for (Stretch stretch : stretches) {
            if (stretch.from() > index) {
                break;
            }
            found = stretch;
        }
        if (found == null || found.sourceStart() < 0) {
            return part;
        }
        int offset = index - found.from();
        int at = found.hasReferences()
                ? afterCharacters(found.sourceStart(), offset)
                : Math.min(source.length(), found.sourceStart() + offset);
        return place(part, source, at);
    }

    /** The part with line and column of an index of its source. */
    static String place(String part, String source, int at) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(at, source.length()); i++) {
            if (source.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return part + ":" + line + ":" + (at - lineStart + 1);
    }

    /** Walks over the source, a reference such as that for an ampersand being one character. */
    private int afterCharacters(int start, int count) {
        int at = start;
        for (int i = 0; i < count && at < source.length(); i++) {
            int end = source.charAt(at) == '&' ? source.indexOf(';', at) : -1;
            at = end > at && end - at <= 12 ? end + 1 : at + 1;
        }
        return at;
    }
}
