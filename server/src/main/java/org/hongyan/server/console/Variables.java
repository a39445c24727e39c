package org.hongyan.server.console;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The variables of a form: a JSON object typed by a person, read with the place of its mistake, and repaired. */
final class Variables {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectWriter PRETTY = JSON.writer()
            .with(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Variables() {}

    /** Values in the order typed; nothing typed is an empty object. */
    static Outcome<Map<String, String>> read(String json) {
        if (json.isBlank()) {
            return Outcome.done(Map.of());
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JacksonException broken) {
            var place = broken.getLocation();
            return Outcome.refused(
                    place == null
                            ? new Refusal.VariablesNotJson(0, 0, "unreadable")
                            : new Refusal.VariablesNotJson(place.getLineNr(), place.getColumnNr(), "unreadable"));
        }
        if (!tree.isObject()) {
            return Outcome.refused(new Refusal.VariablesNotJson(0, 0, "not an object"));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (!field.getValue().isValueNode() || field.getValue().isNull()) {
                return Outcome.refused(new Refusal.VariablesNotJson(0, 0, "a value is no text, number or boolean"));
            }
            values.put(field.getKey(), field.getValue().asString());
        }
        return Outcome.done(values);
    }

    /** The typed object with exactly these names: what is missing added empty, what is surplus taken out. */
    static String repaired(String json, Collection<String> names) {
        ObjectNode result = JSON.createObjectNode();
        Map<String, String> typed = switch (read(json)) {
            case Outcome.Done<Map<String, String>>(Map<String, String> values) -> values;
            case Outcome.Refused<Map<String, String>> unreadable -> Map.of();
        };
        typed.forEach((name, value) -> {
            if (names.contains(name)) {
                result.put(name, value);
            }
        });
        names.stream().sorted().filter(name -> !typed.containsKey(name)).forEach(name -> result.put(name, ""));
        return PRETTY.writeValueAsString(result);
    }
}
