package org.hongyan.mail.message;

/**
 * One header field (RFC 5322 §2.2).
 *
 * @param name as written, without the colon
 * @param value everything after the colon with its folding, without the final CRLF
 */
public record HeaderField(String name, String value) {

    /** Whether the field has this name, compared without case. */
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The value unfolded (RFC 5322 §2.2.3) and trimmed; encoded words are left as they are. */
    public String unfolded() {
        return value.replace("\r\n", "").strip();
    }
}
