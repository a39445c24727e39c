package org.hongyan.mail.message;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Content-Type of a part (RFC 2045 §5), read leniently: what cannot be read is what RFC 2045 §5.2 has as default.
 *
 * @param value {@code type/subtype} in lower case
 * @param parameters by lower-case name, without quotes
 */
record ContentType(String value, Map<String, String> parameters) {

    /** From the header of a part; {@code otherwise} when it has none. */
    static ContentType of(List<HeaderField> fields, String otherwise) {
        for (HeaderField field : fields) {
            if (field.isNamed("Content-Type")) {
                return parse(field.unfolded());
            }
        }
        return new ContentType(otherwise, Map.of());
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    private static ContentType parse(String text) {
        int semicolon = text.indexOf(';');
        String value =
                (semicolon < 0 ? text : text.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        int at = semicolon;
        while (at >= 0 && at < text.length()) {
            int equals = text.indexOf('=', at + 1);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder content = new StringBuilder();
            at = content(text, equals + 1, content);
            parameters.putIfAbsent(name, content.toString().stripTrailing());
        }
        return new ContentType(value.indexOf('/') > 0 ? value : "text/plain", parameters);
    }

    /** Reads a token or quoted string; gives the index of the semicolon after it, or the length. */
    private static int content(String text, int from, StringBuilder content) {
        boolean quoted = false;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\' && at + 1 < text.length()) {
                at++;
                content.append(text.charAt(at));
            } else if (c == ';' && !quoted) {
                return at;
            } else if (quoted || c != ' ' && c != '\t') {
                content.append(c);
            }
            at++;
        }
        return at;
    }
}
