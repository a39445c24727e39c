package org.hongyan.mail.smtp;

import java.util.Optional;

/**
 * An enhanced mail system status code (RFC 3463), such as {@code 5.1.1}.
 *
 * @param statusClass 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int statusClass, int subject, int detail) {

    /** @throws IllegalArgumentException when a part is out of its range */
    public EnhancedStatus {
        if (statusClass != 2 && statusClass != 4 && statusClass != 5) {
            throw new IllegalArgumentException("the class of a status is 2, 4 or 5");
        }
        if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("subject and detail of a status are 0 to 999");
        }
    }

    /** Reads {@code c.s.d} at the start of {@code text}; empty when there is none. */
    public static Optional<EnhancedStatus> atStartOf(String text) {
        int[] parts = new int[3];
        int part = 0;
        int digits = 0;
        int i = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && digits < 3) {
                parts[part] = parts[part] * 10 + (c - '0');
                digits++;
            } else if (c == '.' && digits > 0 && part < 2) {
                part++;
                digits = 0;
            } else {
                break;
            }
        }
        boolean ended = i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == '\t';
        boolean known = parts[0] == 2 || parts[0] == 4 || parts[0] == 5;
        return part == 2 && digits > 0 && ended && known
                ? Optional.of(new EnhancedStatus(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
