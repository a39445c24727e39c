package org.hongyan.server.submission;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the values of a template's variables: one flat JSON object, no markup. Pure. */
final class Variables {

    private static final int LONGEST = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder(tools.jackson.core.json.JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Variables() {}

    /** Reads the object; an empty text is an empty object. */
    static Outcome<Map<String, String>> parse(String json) {
        if (json.isBlank()) {
            return Outcome.done(Map.of());
        }
        if (json.length() > LONGEST) {
            return Outcome.refused(new Refusal.VariablesNotJson(0, 0, "longer than " + LONGEST + " characters"));
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException malformed) {
            TokenStreamLocation place = malformed.getLocation();
            return Outcome.refused(new Refusal.VariablesNotJson(
                    place == null ? 0 : Math.max(0, place.getLineNr()),
                    place == null ? 0 : Math.max(0, place.getColumnNr()),
                    String.valueOf(malformed.getOriginalMessage())));
        }
        if (!root.isObject()) {
            return Outcome.refused(new Refusal.VariablesNotJson(1, 1, "not an object"));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> variable : root.properties()) {
            JsonNode value = variable.getValue();
            if (value.isContainer() || value.asToken() == JsonToken.VALUE_NULL) {
                return Outcome.refused(new Refusal.VariablesNotJson(
                        0, 0, "the value of " + variable.getKey() + " is not a string, number or boolean"));
            }
            String text = value.asString();
            if (hasMarkup(text)) {
                return Outcome.refused(new Refusal.VariableHasMarkup(variable.getKey()));
            }
            if (text.chars().anyMatch(c -> c == 0)) {
                return Outcome.refused(
                        new Refusal.VariablesNotJson(0, 0, "the value of " + variable.getKey() + " has a NUL"));
            }
            values.put(variable.getKey(), text);
        }
        return Outcome.done(values);
    }

    /** Whether all that is wanted is given, and nothing else. */
    static Optional<Refusal> match(Set<String> wanted, Set<String> given) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(given);
        if (!missing.isEmpty()) {
            return Optional.of(new Refusal.VariablesMissing(missing));
        }
        Set<String> surplus = new TreeSet<>(given);
        surplus.removeAll(wanted);
        return surplus.isEmpty() ? Optional.empty() : Optional.of(new Refusal.VariablesSurplus(surplus));
    }

    /** A tag, an end tag, a comment or a declaration; a lone {@code <} as in {@code 1 < 2} is none. */
    private static boolean hasMarkup(String text) {
        for (int i = text.indexOf('<'); i >= 0 && i + 1 < text.length(); i = text.indexOf('<', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '/' || next == '!' || next == '?' || next < 128 && Character.isLetter(next)) {
                return true;
            }
        }
        return false;
    }
}
