package org.hongyan.mail.message;

import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.FromHeader;
import org.hongyan.mail.address.NamedAddress;

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

    /**
     * Makes a message of any octets: each lone CR or LF becomes a line end, NULs are dropped, the last line is ended.
     * For content made by us; what a stranger sent with stray line ends is refused instead (SMTP smuggling).
     */
    public static Message normalised(byte[] any) {
        return new Message(CanonicalLines.closed(any));
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

    /** All fields of that name in order, compared without case. */
    public List<HeaderField> headers(String name) {
        return headerFields().stream().filter(field -> field.isNamed(name)).toList();
    }

    /**
     * The one mailbox of the one From field.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong: no From, several, or one that
     *     {@link FromHeader} refuses
     */
    public NamedAddress author() {
        List<HeaderField> authors = headers("From");
        if (authors.size() != 1) {
            throw new IllegalArgumentException(
                    authors.isEmpty() ? "there is no From field" : "there are several From fields");
        }
        return FromHeader.parse(authors.getFirst().unfolded());
    }

    /**
     * The same message with fields put before its header, in the order given.
     *
     * @throws IllegalArgumentException when a field has a NUL, or a line break that is no folding
     */
    public Message withFieldsFirst(List<HeaderField> fields) {
        return HeaderBlock.withFieldsFirst(bytes, fields);
    }

    /** The same message without any field of that name, compared without case; itself when it has none. */
    public Message without(String name) {
        return HeaderBlock.without(this, name);
    }

    /**
     * The same message with a body of ASCII and lines of at most 998, by re-encoding the parts that are not so; itself
     * when there is nothing to do. To be called before signing: no host on the way then has a reason to change
     * anything. Content that is signed already ({@code multipart/signed}) stays as it is.
     */
    public Message inSevenBits() {
        return SevenBit.of(this);
    }

    /** Whether the body has neither 8-bit octets nor NULs nor lines longer than 998: what any SMTP host takes. */
    public boolean isSevenBit() {
        return SevenBit.isClean(bytes, bodyStart(), bytes.length);
    }

    /** Index of the first octet of the body, after the empty line; the size when there is no body. */
    public int bodyStart() {
        return HeaderBlock.bodyStart(bytes);
    }
}
