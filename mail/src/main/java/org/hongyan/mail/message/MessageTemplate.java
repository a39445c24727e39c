package org.hongyan.mail.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text with {@code {{name}}} variables, compiled once and rendered often.
 *
 * <p>Two opening braces always open a variable: spaces, a name of 1 to 64 letters (of any script), digits, marks,
 * {@code _}, {@code .} and {@code -}, spaces, two closing braces. There is no way to write them as text, no logic, and
 * no second pass over values: a value that holds {@code {{x}}} comes out as it went in.
 *
 * <p>Immutable and thread-safe.
 */
public final class MessageTemplate {

    /** What happens to values on their way in. */
    public enum Escape {
        /** The five characters that mean something in HTML text and quoted attributes become references. */
        HTML,
        /** Values are taken as they are. */
        NONE
    }

    private static final int LONGEST_NAME = 64;

    /** One more than there are names; literal i stands before name i. */
    private final String[] literals;

    private final String[] names;
    private final Set<String> variables;
    private final Escape escape;
    private final int literalLength;

    private MessageTemplate(List<String> literals, List<String> names, Escape escape) {
        this.literals = literals.toArray(String[]::new);
        this.names = names.toArray(String[]::new);
        this.variables = Collections.unmodifiableSet(new LinkedHashSet<>(names));
        this.escape = escape;
        this.literalLength = literals.stream().mapToInt(String::length).sum();
    }

    /**
     * Compiles a source.
     *
     * @throws MalformedTemplateException when two opening braces do not open a well-formed variable
     */
    public static MessageTemplate compile(String source, Escape escape) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int at = 0;
        while (true) {
            int open = source.indexOf("{{", at);
            if (open < 0) {
                literals.add(source.substring(at));
                return new MessageTemplate(literals, names, escape);
            }
            literals.add(source.substring(at, open));
            int nameStart = afterSpaces(source, open + 2);
            int nameEnd = nameEnd(source, nameStart);
            int close = afterSpaces(source, nameEnd);
            if (nameEnd == nameStart) {
                throw malformed("{{ is not followed by the name of a variable", source, open);
            }
            if (!source.startsWith("}}", close)) {
                throw malformed("the variable is not closed by }}", source, open);
            }
            String name = source.substring(nameStart, nameEnd);
            if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
                throw malformed("the name of the variable is longer than 64 characters", source, open);
            }
            names.add(name);
            at = close + 2;
        }
    }

    /** The names in the order of their first use; unmodifiable. */
    public Set<String> variables() {
        return variables;
    }

    /**
     * Appends the text with its values.
     *
     * @param values at least a value for each of {@link #variables}; others are not looked at
     * @throws IllegalArgumentException when a value is missing; then something may have been appended
     */
    public void render(Map<String, String> values, StringBuilder out) {
        for (int i = 0; i < names.length; i++) {
            out.append(literals[i]);
            String value = values.get(names[i]);
            if (value == null) {
                throw new IllegalArgumentException("there is no value for the variable " + names[i]);
            }
            switch (escape) {
                case HTML -> appendEscaped(value, out);
                case NONE -> out.append(value);
            }
        }
        out.append(literals[names.length]);
    }

    /** As {@link #render(Map, StringBuilder)}, into a text of its own. */
    public String render(Map<String, String> values) {
        StringBuilder out = new StringBuilder(literalLength + 32 * names.length);
        render(values, out);
        return out.toString();
    }

    private static void appendEscaped(String value, StringBuilder out) {
        int plainStart = 0;
        for (int i = 0; i < value.length(); i++) {
            String reference = reference(value.charAt(i));
            if (!reference.isEmpty()) {
                out.append(value, plainStart, i).append(reference);
                plainStart = i + 1;
            }
        }
        out.append(value, plainStart, value.length());
    }

    private static String reference(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> "";
        };
    }

    private static int afterSpaces(String source, int from) {
        int at = from;
        while (at < source.length() && source.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int nameEnd(String source, int from) {
        int at = from;
        while (at < source.length()) {
            int c = source.codePointAt(at);
            boolean allowed = c == '_' || c == '.' || c == '-' || Character.isLetterOrDigit(c) || isMark(c);
            if (!allowed) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Vowel signs and the like, without which many scripts cannot write a word. */
    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static MalformedTemplateException malformed(String problem, String source, int at) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (source.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new MalformedTemplateException(problem, line, at - lineStart + 1);
    }
}
