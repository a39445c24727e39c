package org.hongyan.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes a request record of a JSON tree, strictly: a field of another type than declared is an error that names it.
 * Fields that the record does not have are passed over, since clients may be newer than we are.
 */
final class RequestBinder {

    /** The tree does not fit the record. */
    @SuppressWarnings("serial")
    static final class Misfit extends Exception {
        private final transient TencentError error;

        Misfit(TencentError error) {
            super(error.code(), null, false, false);
            this.error = error;
        }

        TencentError error() {
            return error;
        }
    }

    private record Shape(Constructor<?> constructor, RecordComponent[] components, String[] names) {}

    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    /** Whether scalars come as text, as they do in queries and forms. */
    private final boolean scalarsAsText;

    RequestBinder(boolean scalarsAsText) {
        this.scalarsAsText = scalarsAsText;
    }

    <Q extends Record> Q bind(JsonNode tree, Class<Q> type) throws Misfit {
        return type.cast(record(tree, type, ""));
    }

    private Object record(JsonNode tree, Class<?> type, String path) throws Misfit {
        if (!tree.isObject()) {
            throw new Misfit(TencentError.malformed(path.isEmpty() ? "body" : path, "an object"));
        }
        Shape shape = SHAPES.computeIfAbsent(type, RequestBinder::shapeOf);
        @Nullable Object[] values = new Object[shape.components.length];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = shape.components[i];
            String name = path.isEmpty() ? shape.names[i] : path + "." + shape.names[i];
            JsonNode value = tree.get(shape.names[i]);
            boolean absent = value == null || value.isNull();
            if (absent && component.isAnnotationPresent(Required.class)) {
                throw new Misfit(TencentError.missing(name));
            }
            values[i] = absent
                    ? component.getType() == List.class ? List.of() : null
                    : value(value, component.getGenericType(), name);
        }
        try {
            return shape.constructor.newInstance(values);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("the request record " + type.getName() + " cannot be made", broken);
        }
    }

    private Object value(JsonNode node, Type type, String name) throws Misfit {
        if (type == String.class) {
            return text(node, name);
        }
        if (type == Long.class) {
            return integer(node, name);
        }
        if (type == Boolean.class) {
            return bool(node, name);
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(node, list.getActualTypeArguments()[0], name);
        }
        return record(node, (Class<?>) type, name);
    }

    private List<Object> list(JsonNode node, Type elementType, String name) throws Misfit {
        if (!node.isArray()) {
            throw new Misfit(TencentError.malformed(name, "an array"));
        }
        List<Object> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            JsonNode element = node.get(i);
            if (element == null || element.isNull()) {
                throw new Misfit(TencentError.malformed(name + "." + i, "not null"));
            }
            elements.add(value(element, elementType, name + "." + i));
        }
        return List.copyOf(elements);
    }

    private static String text(JsonNode node, String name) throws Misfit {
        if (!node.isString()) {
            throw new Misfit(TencentError.malformed(name, "a string"));
        }
        return node.stringValue();
    }

    private Long integer(JsonNode node, String name) throws Misfit {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (scalarsAsText && node.isString() && node.stringValue().matches("-?[0-9]{1,18}")) {
            return Long.valueOf(node.stringValue());
        }
        throw new Misfit(TencentError.malformed(name, "an integer"));
    }

    private Boolean bool(JsonNode node, String name) throws Misfit {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        String text = scalarsAsText && node.isString() ? node.stringValue() : "";
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new Misfit(TencentError.malformed(name, "true or false"));
    }

    private static Shape shapeOf(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalStateException(type.getName() + " is not a record");
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            String[] names =
                    Arrays.stream(components).map(RequestBinder::nameOf).toArray(String[]::new);
            return new Shape(constructor, components, names);
        } catch (NoSuchMethodException noCanonicalConstructor) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", noCanonicalConstructor);
        }
    }

    private static String nameOf(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        String name = component.getName();
        return property != null ? property.value() : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
