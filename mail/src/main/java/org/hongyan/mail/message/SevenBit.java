package org.hongyan.mail.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Re-encodes the parts of a message that a host without 8BITMIME, or the line limit of 998, would force somebody to
 * change later, when it would break the signature (RFC 6376 §5.3, RFC 6152 §3, RFC 5321 §4.5.3.1.6).
 *
 * <p>Only such parts change; all other octets stay, order and boundaries included. {@code multipart/signed} is left
 * alone, since its content is signed already. So is what is nested deeper, or in more parts, than anybody writes.
 */
final class SevenBit {

    private static final int LONGEST_LINE = 998;
    private static final int DEEPEST = 50;
    private static final int MOST_PARTS = 1000;
    private static final String ENCODING_FIELD = "Content-Transfer-Encoding";

    private final byte[] bytes;
    private final ByteArrayOutputStream out;
    private int parts;

    private SevenBit(byte[] bytes) {
        this.bytes = bytes;
        this.out = new ByteArrayOutputStream(bytes.length + bytes.length / 2);
    }

    static Message of(Message message) {
        byte[] bytes = message.bytes();
        if (isClean(bytes, message.bodyStart(), bytes.length)) {
            return message;
        }
        SevenBit conversion = new SevenBit(bytes);
        conversion.entity(0, bytes.length, 0, "text/plain");
        return Message.ofCanonical(CanonicalLines.closed(conversion.out.toByteArray()));
    }

    /** A header and a body (RFC 2045 §2.4). The line end before a boundary is not among them. */
    private void entity(int from, int to, int depth, String typeOtherwise) {
        int bodyStart = bodyStart(from, to);
        parts++;
        if (isClean(bytes, bodyStart, to) || depth > DEEPEST || parts > MOST_PARTS) {
            out.write(bytes, from, to - from);
            return;
        }
        byte[] header = Arrays.copyOfRange(bytes, from, bodyStart);
        List<HeaderField> fields = HeaderBlock.parse(header);
        ContentType type = ContentType.of(fields, typeOtherwise);
        String boundary = type.parameter("boundary");
        if (type.value().equals("multipart/signed")) {
            out.write(bytes, from, to - from);
        } else if (type.value().startsWith("multipart/") && boundary != null && !boundary.isEmpty()) {
            header(header, "7bit", "");
            multipart(bodyStart, to, boundary, depth, type.value());
        } else if (type.value().startsWith("message/")) {
            header(header, "7bit", "");
            entity(bodyStart, to, depth + 1, "text/plain");
        } else {
            leaf(from, bodyStart, to, fields, type);
        }
    }

    private void multipart(int from, int to, String boundary, int depth, String type) {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        String typeOtherwise = type.equals("multipart/digest") ? "message/rfc822" : "text/plain";
        int copied = from;
        boolean inPart = false;
        for (int line = from; line < to; ) {
            int lineEnd = lineEnd(line, to);
            int next = Math.min(to, lineEnd + 2);
            if (isDelimiter(line, lineEnd, delimiter)) {
                if (inPart) {
                    // The line end before the delimiter belongs to it (RFC 2046 §5.1.1).
                    int partEnd = Math.max(copied, line - 2);
                    entity(copied, partEnd, depth + 1, typeOtherwise);
                    copied = partEnd;
                }
                out.write(bytes, copied, next - copied);
                copied = next;
                boolean last = line + delimiter.length + 2 <= lineEnd
                        && bytes[line + delimiter.length] == '-'
                        && bytes[line + delimiter.length + 1] == '-';
                inPart = !last;
                if (last) {
                    break;
                }
            }
            line = next;
        }
        if (inPart) {
            entity(copied, to, depth + 1, typeOtherwise);
        } else {
            out.write(bytes, copied, to - copied);
        }
    }

    private void leaf(int from, int bodyStart, int to, List<HeaderField> fields, ContentType type) {
        byte[] body = Arrays.copyOfRange(bytes, bodyStart, to);
        ContentEncoding encoding = ContentEncoding.BASE64;
        byte[] content = body;
        switch (encodingOf(fields)) {
            case "", "7bit", "8bit", "binary" -> {
                if (type.value().startsWith("text/")) {
                    encoding = ContentEncoding.smallerFor(body);
                }
            }
            // Its lines are too long, or it has stray octets, which a decoder skips.
            case "base64" -> content = decoded(body);
            // Nobody knows what a decoder would make of it.
            default -> content = null;
        }
        if (content == null) {
            out.write(bytes, from, to - from);
            return;
        }
        boolean whole = from == 0 && to == bytes.length;
        String missing = whole ? missingMimeFields(fields, content) : "";
        String encodingField = encodingOf(fields).isEmpty() ? encodingField(encoding.headerValue()) : "";
        header(Arrays.copyOfRange(bytes, from, bodyStart), encoding.headerValue(), missing + encodingField);
        body(encoding, content);
    }

    private static byte @Nullable [] decoded(byte[] base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException cutShort) {
            return null;
        }
    }

    private void body(ContentEncoding encoding, byte[] content) {
        MimeWriter writer = new MimeWriter(content.length * 3 / 2);
        encoding.write(content, writer);
        byte[] written = writer.toByteArray();
        // The encoder ends its last line; that line end is only ours where the content has it.
        boolean ours = encoding == ContentEncoding.QUOTED_PRINTABLE
                && content.length > 0
                && content[content.length - 1] == '\n';
        out.write(written, 0, ours ? written.length : written.length - 2);
    }

    /**
     * Copies a header octet by octet, but for the encoding field, if there is one; then adds {@code further} fields and
     * the empty line.
     */
    private void header(byte[] header, String encoding, String further) {
        int at = 0;
        while (at < header.length) {
            int end = HeaderBlock.fieldEnd(header, at);
            if (end == at) {
                break;
            }
            int next = Math.min(header.length, end + 2);
            if (HeaderBlock.fieldName(header, at, end).equalsIgnoreCase(ENCODING_FIELD)) {
                write(encodingField(encoding));
            } else {
                out.write(header, at, next - at);
            }
            at = next;
        }
        write(further);
        write("\r\n");
    }

    private static String encodingField(String encoding) {
        return ENCODING_FIELD + ": " + encoding + "\r\n";
    }

    /** A message of before MIME needs the fields without which an encoding means nothing (RFC 2045 §4, RFC 1428). */
    private static String missingMimeFields(List<HeaderField> fields, byte[] content) {
        if (fields.stream().anyMatch(field -> field.isNamed("MIME-Version"))) {
            return "";
        }
        boolean typed = fields.stream().anyMatch(field -> field.isNamed("Content-Type"));
        String charset = isUtf8(content) ? "UTF-8" : "unknown-8bit";
        return "MIME-Version: 1.0\r\n" + (typed ? "" : "Content-Type: text/plain; charset=" + charset + "\r\n");
    }

    private static boolean isUtf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    private static String encodingOf(List<HeaderField> fields) {
        return fields.stream()
                .filter(field -> field.isNamed(ENCODING_FIELD))
                .findFirst()
                .map(field -> field.unfolded().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    static boolean isClean(byte[] bytes, int from, int to) {
        int lineStart = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b <= 0) {
                return false;
            }
            if (b == '\n') {
                lineStart = i + 1;
            } else if (i - lineStart >= LONGEST_LINE && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private boolean isDelimiter(int line, int lineEnd, byte[] delimiter) {
        int end = line + delimiter.length;
        if (end > lineEnd || !Arrays.equals(bytes, line, end, delimiter, 0, delimiter.length)) {
            return false;
        }
        if (end + 2 <= lineEnd && bytes[end] == '-' && bytes[end + 1] == '-') {
            end += 2;
        }
        while (end < lineEnd && (bytes[end] == ' ' || bytes[end] == '\t')) {
            end++;
        }
        return end == lineEnd;
    }

    private int bodyStart(int from, int to) {
        if (from < to && (bytes[from] == ' ' || bytes[from] == '\t')) {
            return from;
        }
        for (int line = from; line < to; ) {
            int lineEnd = lineEnd(line, to);
            if (lineEnd == line) {
                return Math.min(to, line + 2);
            }
            line = lineEnd + 2;
        }
        return to;
    }

    private int lineEnd(int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return to;
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
