package org.hongyan.mail.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Replies waiting to be written, as octets. They gather here while commands are read from what has already arrived, so that a
 * pipelined group is answered in one write (RFC 2920 §3.2).
 */
final class SmtpServerOutput {

    private static final int SMALL = 256;

    /** RFC 5321 §4.5.3.1.5 says 512; handlers that tell machine-readable detail need more. */
    private static final int LONGEST_TEXT = 4_000;

    private byte[] octets = new byte[SMALL];
    private int length;

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** Forgets what has been written and gives memory back. */
    void clear() {
        length = 0;
        if (octets.length > 4 * SMALL) {
            octets = new byte[SMALL];
        }
    }

    void add(Reply reply) {
        int last = reply.lines().size() - 1;
        for (int i = 0; i <= last; i++) {
            String line = reply.lines().get(i);
            add(reply.code(), i == last, line);
        }
    }

    private void add(int code, boolean last, String text) {
        String shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        ensure(shown.length() * 3 + 6);
        octets[length++] = (byte) ('0' + code / 100);
        octets[length++] = (byte) ('0' + code / 10 % 10);
        octets[length++] = (byte) ('0' + code % 10);
        octets[length++] = (byte) (last ? ' ' : '-');
        boolean ascii = true;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            ascii &= c < 128;
            octets[length + i] = (byte) (c < ' ' || c == 127 ? '?' : c);
        }
        if (ascii) {
            length += shown.length();
        } else {
            byte[] encoded = shown.getBytes(StandardCharsets.UTF_8);
            for (byte octet : encoded) {
                octets[length++] = octet >= 0 && octet < ' ' || octet == 127 ? (byte) '?' : octet;
            }
        }
        octets[length++] = '\r';
        octets[length++] = '\n';
    }

    private void ensure(int more) {
        if (length + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + more, octets.length * 2));
        }
    }
}
