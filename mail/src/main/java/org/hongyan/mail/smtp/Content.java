package org.hongyan.mail.smtp;

import org.hongyan.mail.message.Message;

/**
 * What one pass over a message tells that matters on the wire.
 *
 * @param eightBit whether an octet above 127 is in it
 * @param strayLineEnd whether a CR or LF stands alone, or a NUL is in it: such a message must not leave, since the two
 *     sides may not agree where it ends (CVE-2023-51764 and its kin)
 * @param dotLine whether a line starts with a dot, so that stuffing is needed (RFC 5321 §4.5.2)
 */
public record Content(Message message, boolean eightBit, boolean strayLineEnd, boolean dotLine) {

    /** Looks the message over once. */
    public static Content of(Message message) {
        byte[] bytes = message.bytes();
        boolean eightBit = false;
        boolean stray = false;
        boolean dotLine = bytes.length > 0 && bytes[0] == '.';
        byte previous = 0;
        for (byte octet : bytes) {
            if (octet <= '.') {
                if (octet < 0) {
                    eightBit = true;
                } else if (octet == '.') {
                    dotLine |= previous == '\n';
                } else if (octet == '\n') {
                    stray |= previous != '\r';
                } else if (octet == 0) {
                    stray = true;
                }
            }
            stray |= previous == '\r' && octet != '\n';
            previous = octet;
        }
        return new Content(message, eightBit, stray || previous == '\r', dotLine);
    }

    boolean endsInLineEnd() {
        byte[] bytes = message.bytes();
        return bytes.length >= 2 && bytes[bytes.length - 1] == '\n';
    }
}
