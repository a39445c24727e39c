package org.hongyan.mail.message;

import java.util.List;
import java.util.Optional;

/**
 * A message as the exact bytes that SMTP carries: header and body, every line ended by CRLF, not dot-stuffed.
 *
 * <p>Immutable and thread-safe; the array must not be changed by its giver.
 */
public final class Message {

    private final byte[] bytes;

    private Message(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps bytes whose lines already end in CRLF. The array is not copied. */
    public static Message ofCanonical(byte[] bytes) {
        return new Message(bytes);
    }

    /** The bytes themselves; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Length in octets. */
    public int size() {
        return bytes.length;
    }

    /** All header fields in order, parsed anew at each call. */
    public List<HeaderField> headerFields() {
        return HeaderBlock.parse(bytes);
    }

    /** The first field of that name, compared without case. */
    public Optional<HeaderField> header(String name) {
        return headerFields().stream().filter(field -> field.isNamed(name)).findFirst();
    }

    /** Index of the first octet of the body, after the empty line; the size when there is no body. */
    public int bodyStart() {
        return HeaderBlock.bodyStart(bytes);
    }
}
