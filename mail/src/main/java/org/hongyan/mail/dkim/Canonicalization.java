package org.hongyan.mail.dkim;

import java.security.MessageDigest;

/**
 * The two ways in which header fields and bodies are brought to the form that is hashed (RFC 6376 §3.4). One pass over
 * the octets, no copies of the body but a small buffer.
 */
enum Canonicalization {
    /** §3.4.1 and §3.4.3: nothing changes but the empty lines at the end of the body. */
    SIMPLE,
    /** §3.4.2 and §3.4.4: white space and the case of field names do not matter. */
    RELAXED;

    private static final int CHUNK = 8192;
    /** What is written without looking at the room left: a line end, a blank, an octet. */
    private static final int ROOM = 4;

    private static final byte[] LINE_END = {'\r', '\n'};

    /** Adds the field at {@code from} to {@code to}, which excludes its final CRLF, without a CRLF at the end. */
    void addField(byte[] bytes, int from, int to, Octets out) {
        switch (this) {
            case SIMPLE -> out.add(bytes, from, to);
            case RELAXED -> addRelaxedField(bytes, from, to, out);
        }
    }

    /** Hashes the body, which goes from {@code from} to {@code to}; gives its canonical length. */
    long hashBody(byte[] bytes, int from, int to, MessageDigest digest) {
        return switch (this) {
            case SIMPLE -> hashSimpleBody(bytes, from, to, digest);
            case RELAXED -> hashRelaxedBody(bytes, from, to, digest);
        };
    }

    private static void addRelaxedField(byte[] bytes, int from, int to, Octets out) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int nameEnd = colon;
        while (nameEnd > from && isBlank(bytes[nameEnd - 1])) {
            nameEnd--;
        }
        for (int i = from; i < nameEnd; i++) {
            out.add(lowerCase(bytes[i]));
        }
        out.add((byte) ':');
        boolean blank = false;
        boolean started = false;
        for (int i = colon + 1; i < to; i++) {
            byte b = bytes[i];
            if (isBlank(b) || b == '\r' && i + 1 < to && bytes[i + 1] == '\n') {
                blank = true;
                if (b == '\r') {
                    i++;
                }
                continue;
            }
            if (blank && started) {
                out.add((byte) ' ');
            }
            blank = false;
            started = true;
            out.add(b);
        }
    }

    private static long hashSimpleBody(byte[] bytes, int from, int to, MessageDigest digest) {
        int end = to;
        while (end - from >= 2 && bytes[end - 2] == '\r' && bytes[end - 1] == '\n') {
            end -= 2;
        }
        digest.update(bytes, from, end - from);
        digest.update(LINE_END);
        return end - from + 2L;
    }

    private static long hashRelaxedBody(byte[] bytes, int from, int to, MessageDigest digest) {
        byte[] chunk = new byte[CHUNK];
        int filled = 0;
        long total = 0;
        // Blanks count only before text, line ends only before a line that has text.
        boolean blank = false;
        int lineEnds = 0;
        int i = from;
        while (i < to) {
            byte b = bytes[i];
            if (isBlank(b)) {
                blank = true;
                i++;
                continue;
            }
            if (b == '\r' && i + 1 < to && bytes[i + 1] == '\n') {
                lineEnds++;
                blank = false;
                i += 2;
                continue;
            }
            for (; lineEnds > 0; lineEnds--) {
                if (filled > CHUNK - ROOM) {
                    digest.update(chunk, 0, filled);
                    total += filled;
                    filled = 0;
                }
                chunk[filled++] = '\r';
                chunk[filled++] = '\n';
            }
            if (blank) {
                chunk[filled++] = ' ';
                blank = false;
            }
            // The rest of the word, as far as the chunk has room; a lone CR is text.
            do {
                chunk[filled++] = b;
                i++;
                if (i == to) {
                    break;
                }
                b = bytes[i];
            } while (b != ' ' && b != '\t' && b != '\r' && filled < CHUNK);
            if (filled > CHUNK - ROOM) {
                digest.update(chunk, 0, filled);
                total += filled;
                filled = 0;
            }
        }
        digest.update(chunk, 0, filled);
        total += filled;
        if (total > 0) {
            digest.update(LINE_END);
            total += 2;
        }
        return total;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static byte lowerCase(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
