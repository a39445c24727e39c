package org.hongyan.sandbox.inbox;

import java.util.Optional;

/**
 * Names one mail of an inbox; never given twice, rising with time.
 *
 * @param number 1 and up
 */
public record MailId(long number) implements Comparable<MailId> {

    /** @throws IllegalArgumentException when the number is not positive */
    public MailId {
        if (number < 1) {
            throw new IllegalArgumentException("the number of a mail is positive");
        }
    }

    /** Reads the text form; empty when it is none. */
    public static Optional<MailId> parse(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Long.parseLong(text) > 0 ? Optional.of(new MailId(Long.parseLong(text))) : Optional.empty();
    }

    @Override
    public int compareTo(MailId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
