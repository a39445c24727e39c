package org.hongyan.mail.smtp;

import java.util.Arrays;

/**
 * Cuts command lines out of the octets that arrive. A line ends with CRLF and with nothing else: a lone CR, a lone LF or a NUL
 * is never taken for a line end nor passed on, since two servers that read it differently are what SMTP smuggling needs.
 */
final class SmtpServerLine {

    /** What became of the octets taken. */
    enum State {
        /** More octets are needed. */
        OPEN,
        /** A line is in {@link #octets} from {@link #start} to {@link #end}, without its CRLF. */
        COMPLETE,
        /** A line longer than allowed has been thrown away up to its CRLF. */
        TOO_LONG,
        /** A lone CR, lone LF or NUL, or an endless line: the stream can't be trusted any more. */
        STRAY
    }

    private static final int MOST_SKIPPED = 64 * 1024;
    private static final byte[] EMPTY = {};

    private byte[] pending = EMPTY;
    private int pendingLength;
    private boolean lastWasCr;
    private int skipped;

    private byte[] octets = EMPTY;
    private int start;
    private int end;
    private State state = State.OPEN;

    State state() {
        return state;
    }

    byte[] octets() {
        return octets;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Whether a part of a line waits for the rest. */
    boolean partial() {
        return pendingLength > 0 || skipped > 0;
    }

    /**
     * Takes octets up to the end of one line.
     *
     * @param limit longest line with its CRLF
     * @return the offset after the last octet taken
     */
    int take(byte[] input, int from, int to, int limit) {
        state = State.OPEN;
        boolean cr = lastWasCr;
        for (int i = from; i < to; i++) {
            byte c = input[i];
            if (c == '\n' && cr) {
                return complete(input, from, i + 1, limit);
            }
            if (c == '\n' || c == 0 || cr) {
                state = State.STRAY;
                return to;
            }
            cr = c == '\r';
        }
        lastWasCr = cr;
        keep(input, from, to, limit);
        return to;
    }

    private int complete(byte[] input, int from, int next, int limit) {
        lastWasCr = false;
        if (skipped > 0 || pendingLength + next - from > limit) {
            state = State.TOO_LONG;
            skipped = 0;
        } else if (pendingLength == 0) {
            state = State.COMPLETE;
            octets = input;
            start = from;
            end = next - 2;
        } else {
            state = State.COMPLETE;
            append(input, from, next);
            octets = pending;
            start = 0;
            end = pendingLength - 2;
        }
        pendingLength = 0;
        return next;
    }

    private void keep(byte[] input, int from, int to, int limit) {
        if (skipped == 0 && pendingLength + to - from <= limit) {
            append(input, from, to);
            return;
        }
        skipped += pendingLength + to - from;
        pendingLength = 0;
        pending = EMPTY;
        if (skipped > MOST_SKIPPED) {
            state = State.STRAY;
        }
    }

    private void append(byte[] input, int from, int to) {
        int length = to - from;
        if (pendingLength + length > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(pendingLength + length, 128));
        }
        System.arraycopy(input, from, pending, pendingLength, length);
        pendingLength += length;
    }
}
