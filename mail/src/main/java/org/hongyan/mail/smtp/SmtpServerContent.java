package org.hongyan.mail.smtp;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes in the content of one message in a single pass: finds its end, removes the dots that the client added (RFC 5321
 * §4.5.2) and stores the rest in borrowed segments.
 *
 * <p>The only end of DATA is CRLF "." CRLF. A CR without LF, an LF without CR and a NUL anywhere make the content
 * {@linkplain Fault#endsConnection untrustworthy}: what a lenient server behind us would take for an end of data must never
 * pass (CVE-2023-51764 and its kin), nor may we read what follows as commands. A message that is merely too large is read to
 * its end without being stored.
 */
final class SmtpServerContent {

    /** Why the content is refused; of several reasons the last in this order is told. */
    enum Fault {
        NONE(false),
        LINE_TOO_LONG(false),
        NO_MEMORY(false),
        TOO_LARGE(false),
        /** So much beyond the limit that reading on would only serve a flood. */
        ENDLESS(true),
        LONE_LF(true),
        LONE_CR(true),
        NUL(true);

        private final boolean endsConnection;

        Fault(boolean endsConnection) {
            this.endsConnection = endsConnection;
        }

        boolean endsConnection() {
            return endsConnection;
        }
    }

    private static final int LINE_START = 0;
    private static final int IN_LINE = 1;
    private static final int AFTER_CR = 2;
    private static final int AFTER_DOT = 3;
    private static final int AFTER_DOT_CR = 4;

    private final SmtpServerBuffers buffers;
    private final SmtpServerLimits.Content limits;
    private final List<byte[]> segments = new ArrayList<>(1);

    private int state = LINE_START;
    private int segmentLength = SmtpServerBuffers.SEGMENT;
    private long size;
    private long lineStart;
    private long reserved;
    private boolean ended;
    private Fault fault = Fault.NONE;

    SmtpServerContent(SmtpServerBuffers buffers, SmtpServerLimits.Content limits) {
        this.buffers = buffers;
        this.limits = limits;
    }

    Fault fault() {
        return fault;
    }

    /** Whether the final dot has been read. */
    boolean ended() {
        return ended;
    }

    /** Octets of content read so far, without added dots. */
    long size() {
        return size;
    }

    /**
     * Takes octets of DATA up to the final dot, or to a fault that ends the connection.
     *
     * @return the offset after the last octet taken
     */
    int takeDotted(byte[] input, int from, int to) {
        int run = from;
        int i = from;
        while (i < to) {
            switch (state) {
                case LINE_START -> {
                    if (input[i] == '.') {
                        store(input, run, i);
                        run = ++i;
                        state = AFTER_DOT;
                    } else {
                        state = IN_LINE;
                    }
                }
                case AFTER_DOT -> {
                    if (input[i] == '\r') {
                        run = ++i;
                        state = AFTER_DOT_CR;
                    } else {
                        state = IN_LINE;
                    }
                }
                case AFTER_DOT_CR -> {
                    ended = input[i] == '\n';
                    if (!ended) {
                        fail(Fault.LONE_CR);
                    }
                    return i + 1;
                }
                default -> {
                    i = takeLine(input, run, i, to);
                    if (fault.endsConnection) {
                        return i;
                    }
                }
            }
        }
        store(input, run, to);
        return to;
    }

    /** Takes octets of a BDAT chunk (RFC 3030), where dots mean nothing. */
    int takeChunk(byte[] input, int from, int to) {
        int i = from;
        while (i < to) {
            if (state == LINE_START) {
                state = IN_LINE;
            }
            i = takeLine(input, from, i, to);
            if (fault.endsConnection) {
                return i;
            }
        }
        store(input, from, to);
        return to;
    }

    /** The last chunk has been taken: a missing final CRLF is added, for a chunk need not end with a line. */
    void endChunks() {
        ended = true;
        if (state == AFTER_CR) {
            fail(Fault.LONE_CR);
        } else if (state == IN_LINE && size > lineStart) {
            store(new byte[] {'\r', '\n'}, 0, 2);
        }
    }

    /** Reads from {@code at} to the end of the line or of the input. Octets from {@code run} on are not stored yet. */
    private int takeLine(byte[] input, int run, int at, int to) {
        int i = at;
        if (state == AFTER_CR) {
            if (input[i] != '\n') {
                fail(Fault.LONE_CR);
                return i;
            }
            i++;
            state = LINE_START;
            lineStart = size + i - run;
            return i;
        }
        byte c = 0;
        while (i < to && ((c = input[i]) > '\r' || c != '\r' && c != '\n' && c != 0)) {
            i++;
        }
        if (i == to) {
            return i;
        }
        if (c != '\r') {
            fail(c == 0 ? Fault.NUL : Fault.LONE_LF);
            return i;
        }
        if (size + i - run - lineStart > limits.textLineBytes()) {
            fail(Fault.LINE_TOO_LONG);
        }
        state = AFTER_CR;
        return i + 1;
    }

    private void store(byte[] input, int from, int to) {
        size += to - from;
        if (size > limits.messageBytes()) {
            fail(size > 2L * limits.messageBytes() + 1024 * 1024 ? Fault.ENDLESS : Fault.TOO_LARGE);
        }
        int at = from;
        while (at < to && fault == Fault.NONE) {
            if (segmentLength == SmtpServerBuffers.SEGMENT && !addSegment()) {
                return;
            }
            int length = Math.min(to - at, SmtpServerBuffers.SEGMENT - segmentLength);
            System.arraycopy(input, at, segments.getLast(), segmentLength, length);
            segmentLength += length;
            at += length;
        }
    }

    private boolean addSegment() {
        if (!reserve(SmtpServerBuffers.SEGMENT)) {
            return false;
        }
        segments.add(buffers.take());
        segmentLength = 0;
        return true;
    }

    private boolean reserve(long octets) {
        if (!buffers.reserve(octets)) {
            fail(Fault.NO_MEMORY);
            return false;
        }
        reserved += octets;
        return true;
    }

    /** The order decides, not the order of finding, which depends on how the network cut the octets. */
    private void fail(Fault found) {
        if (found.compareTo(fault) > 0) {
            fault = found;
        }
        clear();
    }

    /** The whole content as one array; the segments go back. Its memory stays reserved until {@link #clear}. */
    byte[] assemble() {
        if (fault != Fault.NONE || !reserve(size)) {
            return new byte[0];
        }
        byte[] whole = new byte[Math.toIntExact(size)];
        int at = 0;
        for (byte[] segment : segments) {
            int length = Math.min(segment.length, whole.length - at);
            System.arraycopy(segment, 0, whole, at, length);
            at += length;
        }
        giveSegmentsBack();
        return whole;
    }

    /** Gives all memory back. */
    void clear() {
        giveSegmentsBack();
        buffers.release(reserved);
        reserved = 0;
    }

    private void giveSegmentsBack() {
        for (byte[] segment : segments) {
            buffers.give(segment);
        }
        long held = (long) segments.size() * SmtpServerBuffers.SEGMENT;
        buffers.release(held);
        reserved -= held;
        segments.clear();
        segmentLength = SmtpServerBuffers.SEGMENT;
    }
}
