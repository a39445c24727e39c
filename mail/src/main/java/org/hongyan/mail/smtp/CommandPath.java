package org.hongyan.mail.smtp;

import java.util.Optional;

/**
 * The argument of MAIL or RCPT: what stands between the angle brackets, and the parameters after it (RFC 5321 §4.1.2).
 *
 * @param mailbox unchecked text between the brackets
 * @param parameters unchecked text after them, without the blanks between
 */
record CommandPath(String mailbox, String parameters) {

    /** Reads {@code FROM:<…> …} or {@code TO:<…> …}; blanks after the colon are tolerated, since many clients send one. */
    static Optional<CommandPath> parse(String argument, String keyword) {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            return Optional.empty();
        }
        int open = keyword.length();
        while (open < argument.length() && argument.charAt(open) == ' ') {
            open++;
        }
        if (open == argument.length() || argument.charAt(open) != '<') {
            return Optional.empty();
        }
        int close = closingBracket(argument, open + 1);
        if (close < 0 || close + 1 < argument.length() && argument.charAt(close + 1) != ' ') {
            return Optional.empty();
        }
        return Optional.of(new CommandPath(
                argument.substring(open + 1, close),
                argument.substring(close + 1).strip()));
    }

    /** Whether the text between the brackets goes beyond ASCII. */
    boolean beyondAscii() {
        return mailbox.chars().anyMatch(c -> c > 127);
    }

    /** Brackets inside a quoted local part do not close the path. */
    private static int closingBracket(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '>') {
                return i;
            }
        }
        return -1;
    }
}
