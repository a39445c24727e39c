package org.hongyan.mail.message;

import java.util.Arrays;

/** Brings any octets to lines that end in CRLF, as SMTP and DKIM need them. */
final class CanonicalLines {

    private CanonicalLines() {}

    /**
     * Each lone CR or LF becomes a line end of its own, and NULs are dropped. Idempotent.
     *
     * @return {@code bytes} itself when there is nothing to change
     */
    static byte[] of(byte[] bytes) {
        int troubles = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                i++;
            } else if (b == '\r' || b == '\n' || b == 0) {
                troubles++;
            }
        }
        return troubles == 0 ? bytes : rewritten(bytes, troubles);
    }

    /** As {@link #of}, with a line end added where the last line lacks one. */
    static byte[] closed(byte[] bytes) {
        byte[] lines = of(bytes);
        int length = lines.length;
        if (length == 0 || length >= 2 && lines[length - 2] == '\r' && lines[length - 1] == '\n') {
            return lines;
        }
        byte[] closed = Arrays.copyOf(lines, length + 2);
        closed[length] = '\r';
        closed[length + 1] = '\n';
        return closed;
    }

    private static byte[] rewritten(byte[] bytes, int troubles) {
        byte[] out = new byte[bytes.length + troubles];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == 0) {
                continue;
            }
            if (b != '\r' && b != '\n') {
                out[length++] = b;
                continue;
            }
            out[length++] = '\r';
            out[length++] = '\n';
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                i++;
            }
        }
        return Arrays.copyOf(out, length);
    }
}
