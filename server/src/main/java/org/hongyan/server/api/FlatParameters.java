package org.hongyan.server.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Parameters of a query or form: {@code Destination.0=x&Template.TemplateID=1}, and the tree that they stand for. */
final class FlatParameters {

    private static final int MOST_PARAMETERS = 1000;
    private static final int DEEPEST = 8;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FlatParameters() {}

    /** @throws IllegalArgumentException when the escapes are broken or there are too many parameters */
    static Map<String, String> decode(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (encoded.isEmpty()) {
            return parameters;
        }
        for (String pair : encoded.split("&", MOST_PARAMETERS + 1)) {
            if (parameters.size() >= MOST_PARAMETERS) {
                throw new IllegalArgumentException("more than " + MOST_PARAMETERS + " parameters");
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    /** @throws IllegalArgumentException when names contradict one another, as {@code A=1&A.B=2} do */
    static ObjectNode tree(Map<String, String> parameters) {
        ObjectNode root = NODES.objectNode();
        parameters.forEach((name, value) -> put(root, name, value));
        return (ObjectNode) withArrays(root);
    }

    private static void put(ObjectNode root, String name, String value) {
        String[] path = name.replace('_', '.').split("\\.", DEEPEST + 1);
        if (path.length > DEEPEST) {
            throw new IllegalArgumentException("the name " + name + " is nested too deeply");
        }
        ObjectNode at = root;
        for (int i = 0; i < path.length - 1; i++) {
            if (at.get(path[i]) == null) {
                at.set(path[i], NODES.objectNode());
            }
            if (!(at.get(path[i]) instanceof ObjectNode inner)) {
                throw new IllegalArgumentException("the name " + name + " is both a value and a structure");
            }
            at = inner;
        }
        at.put(path[path.length - 1], value);
    }

    /** Objects whose names are 0, 1, 2 … become arrays. */
    private static JsonNode withArrays(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode converted = NODES.objectNode();
        object.properties().forEach(entry -> converted.set(entry.getKey(), withArrays(entry.getValue())));
        int size = converted.size();
        if (size == 0 || converted.get("0") == null) {
            return converted;
        }
        ArrayNode array = NODES.arrayNode(size);
        for (int i = 0; i < size; i++) {
            JsonNode element = converted.get(Integer.toString(i));
            if (element == null) {
                return converted;
            }
            array.add(element);
        }
        return array;
    }
}
