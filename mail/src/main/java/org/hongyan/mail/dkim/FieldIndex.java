package org.hongyan.mail.dkim;

import java.util.Arrays;

/**
 * Where the fields of a header lie, by offsets into the message: no text is made of them, since signing needs none.
 * Used by one thread at a time.
 */
final class FieldIndex {

    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int[] nameEnds = new int[32];
    private int count;
    private int bodyStart;

    /** Reads the header of a message whose lines end in CRLF. */
    void read(byte[] bytes) {
        count = 0;
        int at = 0;
        if (startsFolded(bytes)) {
            bodyStart = 0;
            return;
        }
        while (at < bytes.length) {
            if (bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n') {
                bodyStart = at + 2;
                return;
            }
            int end = fieldEnd(bytes, at);
            add(bytes, at, end);
            at = Math.min(bytes.length, end + 2);
        }
        bodyStart = bytes.length;
    }

    /**
     * Whether the first line would fold onto a field put before it. Such a message has no header at all: an empty line
     * must part it from what is put before.
     */
    static boolean startsFolded(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == ' ' || bytes[0] == '\t');
    }

    int count() {
        return count;
    }

    int bodyStart() {
        return bodyStart;
    }

    int start(int field) {
        return starts[field];
    }

    /** Index of the CRLF that ends the field, after its folded lines. */
    int end(int field) {
        return ends[field];
    }

    /** Whether the field has that name, given in lower case and ASCII. */
    boolean isNamed(byte[] bytes, int field, String lowerCaseName) {
        int start = starts[field];
        if (nameEnds[field] - start != lowerCaseName.length()) {
            return false;
        }
        for (int i = 0; i < lowerCaseName.length(); i++) {
            int b = bytes[start + i];
            if (b >= 'A' && b <= 'Z') {
                b += 32;
            }
            if (b != lowerCaseName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The last field of that name above {@code below}; -1 when there is none. Fields are signed from the bottom up. */
    int lastNamed(byte[] bytes, String lowerCaseName, int below) {
        for (int field = below - 1; field >= 0; field--) {
            if (isNamed(bytes, field, lowerCaseName)) {
                return field;
            }
        }
        return -1;
    }

    private void add(byte[] bytes, int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            nameEnds = Arrays.copyOf(nameEnds, 2 * count);
        }
        int nameEnd = start;
        while (nameEnd < end && bytes[nameEnd] != ':') {
            nameEnd++;
        }
        // The obsolete "From :" is a From field to many readers (RFC 5322 §4.5), so it must be one to a signature.
        while (nameEnd > start && (bytes[nameEnd - 1] == ' ' || bytes[nameEnd - 1] == '\t')) {
            nameEnd--;
        }
        starts[count] = start;
        ends[count] = end;
        nameEnds[count] = nameEnd;
        count++;
    }

    private static int fieldEnd(byte[] bytes, int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                boolean folded = i + 2 < bytes.length && (bytes[i + 2] == ' ' || bytes[i + 2] == '\t');
                if (!folded) {
                    return i;
                }
            }
        }
        return bytes.length;
    }
}
