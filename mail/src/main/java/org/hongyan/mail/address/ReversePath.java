package org.hongyan.mail.address;

/** What MAIL FROM carries: a mailbox, or the null path of delivery reports (RFC 5321 §4.5.5). */
public sealed interface ReversePath {

    /** {@code <>}: nobody may be told of a failure. */
    record NullPath() implements ReversePath {
        @Override
        public String toString() {
            return "";
        }
    }

    /** An ordinary return path. */
    record Mailbox(EmailAddress address) implements ReversePath {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** Reads the text between the angle brackets; the empty text is the null path. */
    static ReversePath parse(String text) {
        return text.isEmpty() ? new NullPath() : new Mailbox(EmailAddress.parse(text));
    }
}
