package org.hongyan.mail.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One command as its verb and the rest (RFC 5321 §4.1.1). Trailing blanks are dropped, as §4.1.1 asks of servers.
 *
 * @param verb upper case
 * @param argument what follows the verb and the blanks after it; empty when nothing does
 */
record CommandLine(String verb, String argument) {

    /** Reads a line without its CRLF; empty when it holds control characters or is not UTF-8. */
    static Optional<CommandLine> parse(byte[] octets, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            if (c >= 0 && c < ' ' && c != '\t' || c == 127) {
                return Optional.empty();
            }
            ascii &= c >= 0;
        }
        Optional<String> line = ascii
                ? Optional.of(new String(octets, from, to - from, StandardCharsets.ISO_8859_1))
                : utf8(octets, from, to);
        return line.map(CommandLine::split);
    }

    boolean hasArgument() {
        return !argument.isEmpty();
    }

    private static CommandLine split(String line) {
        int end = line.length();
        while (end > 0 && isBlank(line.charAt(end - 1))) {
            end--;
        }
        int verbEnd = 0;
        while (verbEnd < end && !isBlank(line.charAt(verbEnd))) {
            verbEnd++;
        }
        int argument = verbEnd;
        while (argument < end && isBlank(line.charAt(argument))) {
            argument++;
        }
        return new CommandLine(line.substring(0, verbEnd).toUpperCase(Locale.ROOT), line.substring(argument, end));
    }

    private static Optional<String> utf8(byte[] octets, int from, int to) {
        try {
            // A fresh decoder reports malformed input; String's constructor would replace it and hide it.
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
            // C1 controls and line separators are line ends or worse to some terminal, log or database.
            boolean clean = line.chars().noneMatch(c -> c >= 0x80 && c < 0xA0 || c == 0x2028 || c == 0x2029);
            return clean ? Optional.of(line) : Optional.empty();
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
