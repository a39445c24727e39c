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

    /** Whether writing this field would end it early or start another one: a line break that is no folding. */
    boolean breaksOut() {
        if (name.indexOf('\r') >= 0 || name.indexOf('\n') >= 0 || name.indexOf(':') >= 0 || name.isEmpty()) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean folded = value.startsWith("\r\n ", i) || value.startsWith("\r\n\t", i);
            if (folded) {
                i += 2;
            } else if (c == '\r' || c == '\n' || c == 0) {
                return true;
            }
        }
        return false;
    }

    /** The value unfolded (RFC 5322 §2.2.3) and trimmed; encoded words are left as they are. */
    public String unfolded() {
        return value.replace("\r\n", "").strip();
    }
}
