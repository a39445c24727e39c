package org.hongyan.mail.smtp;

import java.util.List;
import java.util.Optional;

/**
 * One SMTP reply (RFC 5321 §4.2), as received or to be sent.
 *
 * @param code 200 to 599
 * @param lines the text of each line without code and separator; at least one, possibly empty, never with CR or LF
 */
public record Reply(int code, List<String> lines) {

    /** "Service closing": the code after which the connection ends, whatever was asked (RFC 5321 §3.8). */
    static final int CLOSING = 421;

    /** @throws IllegalArgumentException when the code is out of range, or a line holds CR or LF, or there is none */
    public Reply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("a reply code is 200 to 599, not " + code);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a reply has at least one line");
        }
        for (String line : lines) {
            if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a reply line holds neither CR nor LF");
            }
        }
        lines = List.copyOf(lines);
    }

    /** A reply of one line. */
    public static Reply of(int code, String text) {
        return new Reply(code, List.of(text));
    }

    /** A reply of one line that opens with an enhanced status code (RFC 2034). */
    public static Reply of(int code, EnhancedStatus status, String text) {
        return of(code, status + " " + text);
    }

    /** A reply of one line that opens with an enhanced status code written as {@code c.s.d}. */
    public static Reply of(int code, String status, String text) {
        return of(code, EnhancedStatus.atStartOf(status).orElseThrow(), text);
    }

    /** 2xx. */
    public boolean isPositive() {
        return code < 300;
    }

    /** 3xx. */
    public boolean isIntermediate() {
        return code >= 300 && code < 400;
    }

    /** 4xx. */
    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    /** 5xx. */
    public boolean isPermanent() {
        return code >= 500;
    }

    /** The enhanced status code at the start of the first line, if any. */
    public Optional<EnhancedStatus> enhancedStatus() {
        return EnhancedStatus.atStartOf(lines.getFirst());
    }

    /** All lines joined by one space, without the code. */
    public String text() {
        return String.join(" ", lines);
    }

    /** Code and text, as logs and people read it. */
    @Override
    public String toString() {
        return code + " " + text();
    }
}
