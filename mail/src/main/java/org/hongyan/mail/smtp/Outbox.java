package org.hongyan.mail.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gathers what is to be said until the turn ends, so that one turn is one write. Large content passes through in
 * pieces.
 */
final class Outbox {

    /** Beyond this the gathered octets leave early: a system call for each 64 kB is no cost that counts. */
    private static final int FLUSH_AT = 64 * 1024;

    private static final int FIRST = 4 * 1024;
    private static final int KEPT = 32 * 1024;

    private OutputStream out;
    private byte[] buffer = new byte[FIRST];
    private int length;

    Outbox(OutputStream out) {
        this.out = out;
    }

    void switchTo(OutputStream other) {
        out = other;
        length = 0;
    }

    /**
     * One command line.
     *
     * @throws IllegalArgumentException when it holds CR, LF or NUL, which would smuggle in a second command
     */
    void command(String command) {
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("a command holds neither CR, LF nor NUL");
            }
        }
        append(command.getBytes(StandardCharsets.UTF_8));
        append((byte) '\r', (byte) '\n');
    }

    /** Content with its dots stuffed and its final dot. */
    void content(Content content) throws IOException {
        byte[] bytes = content.message().bytes();
        if (content.dotLine()) {
            stuffed(bytes);
        } else {
            piece(bytes, 0, bytes.length);
        }
        if (!content.endsInLineEnd()) {
            append((byte) '\r', (byte) '\n');
        }
        endOfContent();
    }

    /** The final dot alone. */
    void endOfContent() {
        append((byte) '.', (byte) '\r');
        append((byte) '\n');
    }

    void flush() throws IOException {
        if (length > 0) {
            out.write(buffer, 0, length);
            length = 0;
            out.flush();
            if (buffer.length > KEPT) {
                // An idle connection need not keep what one large mail took.
                buffer = new byte[FIRST];
            }
        }
    }

    private void stuffed(byte[] bytes) throws IOException {
        int pieceStart = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '.' && (i == 0 || bytes[i - 1] == '\n')) {
                piece(bytes, pieceStart, i);
                append((byte) '.');
                pieceStart = i;
            }
        }
        piece(bytes, pieceStart, bytes.length);
    }

    private void piece(byte[] bytes, int from, int to) throws IOException {
        int start = from;
        while (length + (to - start) > FLUSH_AT) {
            int room = Math.min(FLUSH_AT - length, to - start);
            append(bytes, start, room);
            start += room;
            flush();
        }
        append(bytes, start, to - start);
    }

    private void append(byte... octets) {
        append(octets, 0, octets.length);
    }

    private void append(byte[] octets, int from, int count) {
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
        }
        System.arraycopy(octets, from, buffer, length, count);
        length += count;
    }
}
