package org.hongyan.mail.smtp;

import org.jspecify.annotations.Nullable;

/** Counts hops, fields and octets of a header in one pass, so that no parser behind it meets an unbounded one. */
final class SmtpServerHeaderCheck {

    private static final String RECEIVED = "received";

    private SmtpServerHeaderCheck() {}

    /** The refusal that {@code content} deserves, or null. Every line of it ends with CRLF. */
    static @Nullable Reply refusalOf(byte[] content, SmtpServerLimits.Content limits) {
        int fields = 0;
        int hops = 0;
        int fieldStart = 0;
        int at = 0;
        while (at < content.length && content[at] != '\r') {
            boolean folded = content[at] == ' ' || content[at] == '\t';
            if (!folded) {
                fieldStart = at;
                fields++;
                if (isReceived(content, at)) {
                    hops++;
                }
            }
            while (content[at] != '\n') {
                at++;
            }
            at++;
            if (at - fieldStart > limits.headerFieldBytes()) {
                return SmtpServerReplies.HEADER_FIELD_TOO_LONG;
            }
            if (at > limits.headerBlockBytes()) {
                return SmtpServerReplies.HEADER_TOO_LONG;
            }
            if (fields > limits.headerFields()) {
                return SmtpServerReplies.TOO_MANY_HEADER_FIELDS;
            }
            if (hops > limits.hops()) {
                return SmtpServerReplies.TOO_MANY_HOPS;
            }
        }
        return null;
    }

    private static boolean isReceived(byte[] content, int at) {
        if (at + RECEIVED.length() >= content.length) {
            return false;
        }
        for (int i = 0; i < RECEIVED.length(); i++) {
            if ((content[at + i] | 0x20) != RECEIVED.charAt(i)) {
                return false;
            }
        }
        byte next = content[at + RECEIVED.length()];
        return next == ':' || next == ' ' || next == '\t';
    }
}
