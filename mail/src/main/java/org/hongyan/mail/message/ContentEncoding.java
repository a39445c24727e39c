package org.hongyan.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The two content transfer encodings that keep every line within 76 characters (RFC 2045 §6). Text goes by the smaller
 * one; neither can produce {@code =_}, with which all boundaries begin, so that no boundary ever occurs in a part.
 */
enum ContentEncoding {
    QUOTED_PRINTABLE("quoted-printable"),
    BASE64("base64");

    private static final int LINE_LENGTH = 76;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\r', '\n'});

    private final String headerValue;

    ContentEncoding(String headerValue) {
        this.headerValue = headerValue;
    }

    String headerValue() {
        return headerValue;
    }

    /** The smaller one for text whose lines end in CRLF. */
    static ContentEncoding smallerFor(byte[] text) {
        long escaped = 0;
        for (byte b : text) {
            if (isEscaped(b)) {
                escaped++;
            }
        }
        long quoted = text.length + 2 * escaped;
        // Soft line ends cost 3 octets a line of quoted-printable at worst, hard ones 2 of base64.
        return quoted + quoted / (LINE_LENGTH - 1) * 3 <= base64Length(text.length) ? QUOTED_PRINTABLE : BASE64;
    }

    /** Writes the encoded octets and a CRLF at their end. */
    void write(byte[] content, MimeWriter out) {
        switch (this) {
            case QUOTED_PRINTABLE -> writeQuotedPrintable(content, out);
            case BASE64 -> {
                out.raw(LINES.encode(content));
                out.raw("\r\n");
            }
        }
    }

    private static long base64Length(long length) {
        long digits = (length + 2) / 3 * 4;
        return digits + digits / LINE_LENGTH * 2;
    }

    private static boolean isEscaped(byte b) {
        return b == '=' || b < ' ' && b != '\r' && b != '\n' && b != '\t' || b == 127;
    }

    /** Fills an array of the greatest size possible by index: this loop is most of what composing a mail costs. */
    private static void writeQuotedPrintable(byte[] text, MimeWriter out) {
        byte[] to = new byte[(int) Math.min(Integer.MAX_VALUE - 8L, 3L * text.length + text.length / 8 + 16)];
        int length = 0;
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\r') {
                to[length++] = '\r';
                to[length++] = '\n';
                column = 0;
                i++;
                continue;
            }
            boolean lineEnds = i + 1 == text.length || text[i + 1] == '\r';
            boolean escaped = isEscaped(b) || lineEnds && (b == ' ' || b == '\t');
            int width = escaped ? 3 : 1;
            // One column stays free for the = of a soft line end, unless the line ends here anyway.
            if (column + width > LINE_LENGTH - 1 && !(lineEnds && column + width <= LINE_LENGTH)) {
                to[length++] = '=';
                to[length++] = '\r';
                to[length++] = '\n';
                column = 0;
            }
            if (escaped) {
                to[length++] = '=';
                to[length++] = HEX[(b >> 4) & 15];
                to[length++] = HEX[b & 15];
            } else {
                to[length++] = b;
            }
            column += width;
        }
        out.raw(to, length);
        if (column > 0 || text.length == 0) {
            out.raw("\r\n");
        }
    }
}
