package org.hongyan.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits the header of a message into fields by its CRLFs alone (RFC 5322 §2.1, §2.2.3). */
final class HeaderBlock {

    private HeaderBlock() {}

    static int bodyStart(byte[] bytes) {
        int lineStart = 0;
        while (lineStart < bytes.length) {
            int end = lineEnd(bytes, lineStart);
            if (end == lineStart) {
                return Math.min(bytes.length, end + 2);
            }
            lineStart = end + 2;
        }
        return bytes.length;
    }

    static List<HeaderField> parse(byte[] bytes) {
        List<HeaderField> fields = new ArrayList<>();
        int lineStart = 0;
        while (lineStart < bytes.length) {
            int end = lineEnd(bytes, lineStart);
            if (end == lineStart) {
                break;
            }
            while (end + 2 < bytes.length && (bytes[end + 2] == ' ' || bytes[end + 2] == '\t')) {
                end = lineEnd(bytes, end + 2);
            }
            int colon = lineStart;
            while (colon < end && bytes[colon] != ':') {
                colon++;
            }
            String name = text(bytes, lineStart, colon);
            fields.add(new HeaderField(name, colon < end ? text(bytes, colon + 1, end) : ""));
            lineStart = end + 2;
        }
        return fields;
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return bytes.length;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
