package org.hongyan.server.console;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A file for spreadsheets (RFC 4180) in UTF-8 with the mark that makes them see it. A cell that a spreadsheet would take
 * for a formula is quoted by an apostrophe: addresses and replies are written by strangers.
 */
final class Csv {

    private final StringBuilder text = new StringBuilder("\uFEFF");

    Csv(String... heads) {
        line(heads);
    }

    Csv line(String... cells) {
        text.append(Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
        return this;
    }

    String text() {
        return text.toString();
    }

    private static String cell(String value) {
        String safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
