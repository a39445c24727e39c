package org.hongyan.server.console;

import org.jspecify.annotations.Nullable;

/**
 * A record's value cut for reading: what it shares with the other side, and where it begins to differ.
 *
 * @param head start of the shared part
 * @param hidden middle of a long value, shown on demand
 * @param tail end of the shared part, or of a value with nothing to compare
 * @param marked where it differs; {@code ∅} when this side simply ends
 */
record MarkedValue(String full, String head, String hidden, String tail, String marked) {

    private static final int HEAD = 56;
    private static final int TAIL = 16;
    private static final String NOTHING = "∅";

    static MarkedValue of(String value, @Nullable String other) {
        if (other == null || value.equals(other)) {
            return cut(value, value, "");
        }
        int same = 0;
        int shorter = Math.min(value.length(), other.length());
        while (same < shorter && value.charAt(same) == other.charAt(same)) {
            same++;
        }
        // A value that has nothing in common is not marked from its first letter on: there is no place to point at.
        if (same < 3) {
            return cut(value, value, "");
        }
        String rest = value.substring(same);
        String marked = rest.isEmpty()
                ? NOTHING
                : rest.length() <= 2 * TAIL ? rest : "…" + rest.substring(rest.length() - TAIL);
        return cut(value, value.substring(0, same), marked);
    }

    /** Whether a part of it is folded away. */
    public boolean isLong() {
        return !hidden.isEmpty();
    }

    private static MarkedValue cut(String full, String shared, String marked) {
        if (shared.length() <= HEAD + 2 * TAIL) {
            return new MarkedValue(full, shared, "", "", marked);
        }
        return new MarkedValue(
                full,
                shared.substring(0, HEAD),
                shared.substring(HEAD, shared.length() - TAIL),
                shared.substring(shared.length() - TAIL),
                marked);
    }
}
