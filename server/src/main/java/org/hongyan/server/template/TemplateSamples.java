package org.hongyan.server.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Templates to start from, for an account that has none. */
public final class TemplateSamples {

    /** In the order shown. */
    private static final List<String> NAMES = List.of("verification-code", "receipt", "newsletter", "invitation");

    private TemplateSamples() {}

    /**
     * A sample.
     *
     * @param key such as {@code receipt}, the same in all languages
     */
    public record Sample(String key, TemplateDraft draft) {}

    /** All samples in Chinese for {@code zh} and its kinds, else in English. */
    public static List<Sample> inLanguage(String languageTag) {
        String language = languageTag.toLowerCase(Locale.ROOT).startsWith("zh") ? "zh" : "en";
        List<Sample> samples = new ArrayList<>();
        for (String name : NAMES) {
            samples.add(new Sample(name, read("/templates/samples/" + name + "." + language + ".html")));
        }
        return List.copyOf(samples);
    }

    /** Head lines {@code name: value}, an empty line, the HTML. */
    private static TemplateDraft read(String resource) {
        String content;
        try (InputStream stream =
                Objects.requireNonNull(TemplateSamples.class.getResourceAsStream(resource), resource)) {
            content = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        int end = content.indexOf("\n\n");
        Map<String, String> head = new HashMap<>();
        for (String line : content.substring(0, end).split("\n")) {
            int colon = line.indexOf(": ");
            head.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return new TemplateDraft(
                Objects.requireNonNull(head.get("name")),
                Objects.requireNonNull(head.get("summary")),
                Objects.requireNonNull(head.get("subject")),
                content.substring(end + 2),
                null);
    }
}
