package org.hongyan.server.sender;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tags of a DKIM or DMARC record in their order, with what a person got wrong still to be seen (RFC 6376 §3.2,
 * RFC 7489 §6.4). More forgiving than the parser that verifies signatures, which may only say yes or no.
 *
 * @param tags name and value, both without surrounding white space
 * @param broken the first piece that is no {@code name=value}, or empty
 */
record TagList(List<Tag> tags, String broken) {

    /** One tag as written. */
    record Tag(String name, String value) {}

    static TagList parse(String text) {
        List<Tag> tags = new ArrayList<>();
        String broken = "";
        for (String piece : text.split(";", -1)) {
            String stripped = piece.strip();
            if (stripped.isEmpty()) {
                continue;
            }
            int equals = stripped.indexOf('=');
            if (equals <= 0) {
                broken = broken.isEmpty() ? stripped : broken;
                continue;
            }
            tags.add(new Tag(
                    stripped.substring(0, equals).strip(),
                    stripped.substring(equals + 1).strip()));
        }
        return new TagList(List.copyOf(tags), broken);
    }

    /** The value of the first tag of exactly that name. */
    Optional<String> exact(String name) {
        return tags.stream()
                .filter(tag -> tag.name().equals(name))
                .map(Tag::value)
                .findFirst();
    }

    /** The value of the first tag of that name in any case. */
    Optional<String> anyCase(String name) {
        return tags.stream()
                .filter(tag -> tag.name().equalsIgnoreCase(name))
                .map(Tag::value)
                .findFirst();
    }

    /** A name that occurs twice. */
    Optional<String> repeated() {
        List<String> names = tags.stream().map(Tag::name).toList();
        return names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst();
    }

    boolean startsWith(String name) {
        return !tags.isEmpty() && tags.getFirst().name().equalsIgnoreCase(name);
    }
}
