package org.hongyan.mail.dkim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tag=value list (RFC 6376 §3.2), as signatures and key records are. */
final class TagList {

    private final Map<String, String> tags;

    private TagList(Map<String, String> tags) {
        this.tags = tags;
    }

    /** Empty when it is no tag list, or names a tag twice, which §3.2 forbids. */
    static Optional<TagList> parse(String text) {
        Map<String, String> tags = new HashMap<>();
        int at = 0;
        while (at <= text.length()) {
            int end = text.indexOf(';', at);
            end = end < 0 ? text.length() : end;
            String spec = text.substring(at, end);
            int equals = spec.indexOf('=');
            if (equals < 0) {
                boolean trailing = end == text.length() && spec.isBlank();
                if (!trailing || tags.isEmpty()) {
                    return Optional.empty();
                }
                break;
            }
            String name = spec.substring(0, equals).strip();
            if (!isName(name) || tags.put(name, spec.substring(equals + 1).strip()) != null) {
                return Optional.empty();
            }
            at = end + 1;
        }
        return Optional.of(new TagList(tags));
    }

    /** The value without surrounding white space; null when the tag is missing. */
    @Nullable
    String value(String name) {
        return tags.get(name);
    }

    String valueOr(String name, String fallback) {
        return tags.getOrDefault(name, fallback);
    }

    /** The value with all white space taken out, as base64 may be folded anywhere; null when the tag is missing. */
    @Nullable
    String dense(String name) {
        String value = tags.get(name);
        if (value == null) {
            return null;
        }
        StringBuilder dense = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                dense.append(c);
            }
        }
        return dense.toString();
    }

    private static boolean isName(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || c != '_' && (c < '0' || c > '9'))) {
                return false;
            }
        }
        return true;
    }
}
