package org.hongyan.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits the header of a message into fields by its CRLFs alone (RFC 5322 §2.1, §2.2.3). */
final class HeaderBlock {

    private HeaderBlock() {}

    /** A first line that starts with a blank folds onto nothing: then there is no header, and all is body. */
    private static boolean startsFolded(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == ' ' || bytes[0] == '\t');
    }

    static int bodyStart(byte[] bytes) {
        if (startsFolded(bytes)) {
            return 0;
        }
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
        if (startsFolded(bytes)) {
            return fields;
        }
        int lineStart = 0;
        while (lineStart < bytes.length) {
            int end = fieldEnd(bytes, lineStart);
            if (end == lineStart) {
                break;
            }
            int colon = colon(bytes, lineStart, end);
            String value = colon < end ? text(bytes, colon + 1, end) : "";
            fields.add(new HeaderField(fieldName(bytes, lineStart, end), value));
            lineStart = end + 2;
        }
        return fields;
    }

    static Message withFieldsFirst(byte[] bytes, List<HeaderField> fields) {
        StringBuilder block = new StringBuilder();
        for (HeaderField field : fields) {
            if (field.breaksOut()) {
                throw new IllegalArgumentException("a header field has a line break, a NUL or no name");
            }
            block.append(field.name()).append(':');
            if (!field.value().startsWith(" ")) {
                block.append(' ');
            }
            block.append(field.value()).append("\r\n");
        }
        if (startsFolded(bytes)) {
            block.append("\r\n");
        }
        byte[] first = block.toString().getBytes(StandardCharsets.UTF_8);
        byte[] joined = Arrays.copyOf(first, first.length + bytes.length);
        System.arraycopy(bytes, 0, joined, first.length, bytes.length);
        return Message.ofCanonical(joined);
    }

    static Message without(Message message, String name) {
        byte[] bytes = message.bytes();
        if (startsFolded(bytes)) {
            return message;
        }
        byte[] kept = new byte[bytes.length];
        int length = 0;
        int lineStart = 0;
        boolean removed = false;
        while (lineStart < bytes.length) {
            int end = fieldEnd(bytes, lineStart);
            if (end == lineStart) {
                break;
            }
            int next = Math.min(bytes.length, end + 2);
            if (fieldName(bytes, lineStart, end).equalsIgnoreCase(name)) {
                removed = true;
            } else {
                System.arraycopy(bytes, lineStart, kept, length, next - lineStart);
                length += next - lineStart;
            }
            lineStart = next;
        }
        if (!removed) {
            return message;
        }
        int rest = bytes.length - lineStart;
        System.arraycopy(bytes, lineStart, kept, length, rest);
        return Message.ofCanonical(Arrays.copyOf(kept, length + rest));
    }

    /** The line end after the field, its folded lines included; the start itself at the empty line. */
    static int fieldEnd(byte[] bytes, int lineStart) {
        int end = lineEnd(bytes, lineStart);
        if (end == lineStart) {
            return end;
        }
        while (end + 2 < bytes.length && (bytes[end + 2] == ' ' || bytes[end + 2] == '\t')) {
            end = lineEnd(bytes, end + 2);
        }
        return end;
    }

    static String fieldName(byte[] bytes, int lineStart, int end) {
        // "From :" is obsolete (RFC 5322 §4.5), yet a From field to most readers: it must not hide from us.
        return text(bytes, lineStart, colon(bytes, lineStart, end)).stripTrailing();
    }

    private static int colon(byte[] bytes, int lineStart, int end) {
        int colon = lineStart;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        return colon;
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
