package org.hongyan.mail.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replies (RFC 5321 §4.2) from a stranger: lines, octets and total are bounded, control characters never get
 * further than here, and what is no reply is said to be none.
 */
final class ReplyReader {

    /** RFC 5321 §4.5.3.1.5 allows 512 octets; more is kept for the sake of long explanations, then cut. */
    static final int LONGEST_LINE_KEPT = 1_000;

    static final int MOST_LINES = 1_000;
    static final int MOST_OCTETS = 64 * 1024;

    /** What came is no reply. */
    static final class GarbledReply extends IOException {
        private static final long serialVersionUID = 1;

        GarbledReply(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[4096];
    private final byte[] line = new byte[LONGEST_LINE_KEPT];
    private int position;
    private int limit;
    private int lineLength;
    private int octetsLeft;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next reply.
     *
     * @throws GarbledReply when what comes is no reply, or too long to be one
     * @throws EOFException when the other side has closed
     */
    Reply read() throws IOException {
        octetsLeft = MOST_OCTETS;
        List<String> lines = new ArrayList<>(1);
        int code = -1;
        while (true) {
            readLine();
            int lineCode = code();
            if (code >= 0 && lineCode != code) {
                throw new GarbledReply("the lines of one reply have different codes: " + code + " and " + lineCode);
            }
            code = lineCode;
            lines.add(lineLength > 4 ? text(4, lineLength) : "");
            if (lineLength == 3 || line[3] == ' ') {
                return new Reply(code, lines);
            }
            if (lines.size() >= MOST_LINES) {
                throw new GarbledReply("the reply has more than " + MOST_LINES + " lines");
            }
        }
    }

    /** Whether octets have been received that nobody has asked for yet. */
    boolean hasBuffered() {
        return position < limit;
    }

    /** Forgets what was received in clear before a TLS handshake: an attacker may have put it there (CVE-2011-0411). */
    int discardBuffered() {
        int discarded = limit - position;
        position = limit;
        return discarded;
    }

    private int code() throws GarbledReply {
        boolean shaped = lineLength >= 3
                && line[0] >= '2'
                && line[0] <= '5'
                && isDigit(line[1])
                && isDigit(line[2])
                && (lineLength == 3 || line[3] == ' ' || line[3] == '-');
        if (!shaped) {
            throw new GarbledReply("this is no SMTP reply: " + text(0, Math.min(lineLength, 80)));
        }
        return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** One line without its end; a bare LF ends it as well, since nothing depends on the difference here. */
    private void readLine() throws IOException {
        lineLength = 0;
        while (true) {
            if (position == limit) {
                fill();
            }
            byte octet = buffer[position++];
            if (--octetsLeft < 0) {
                throw new GarbledReply("the reply is longer than " + MOST_OCTETS + " octets");
            }
            if (octet == '\n') {
                if (lineLength > 0 && line[lineLength - 1] == '\r') {
                    lineLength--;
                }
                return;
            }
            if (lineLength < LONGEST_LINE_KEPT) {
                line[lineLength++] = octet;
            }
        }
    }

    private void fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        if (read < 0) {
            throw new EOFException("the other side closed the connection");
        }
        position = 0;
        limit = read;
    }

    /** Text for people and logs: no control character survives, malformed UTF-8 becomes U+FFFD. */
    private String text(int from, int to) {
        String raw = new String(line, from, to - from, StandardCharsets.UTF_8);
        StringBuilder clean = null;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean control = c < ' ' || c >= 127 && c < 160 || c == '\u2028' || c == '\u2029';
            if (control) {
                if (clean == null) {
                    clean = new StringBuilder(raw);
                }
                clean.setCharAt(i, c == '\t' ? ' ' : '?');
            }
        }
        return clean == null ? raw : clean.toString();
    }
}
