package org.hongyan.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.gson.annotations.SerializedName;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.ses.v20201002.SesClient;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds the official SDK's models against ours, and {@code docs/api.md} against both. Run with {@code -Dapi.docs=write}
 * to write the page anew.
 */
class ApiCoverageTest {

    private static final Path PAGE = Path.of("..", "docs", "api.md");
    private static final String BEGIN = "<!-- coverage: written by ApiCoverageTest -->";

    /** Why a field of the reference is not used; a field in neither list fails the test. */
    private static final Map<String, String> IGNORED = Map.ofEntries(
            Map.entry("*.TagList", "resource tags belong to Tencent's cloud console"),
            Map.entry("UpdateEmailIdentity.NewAPI", "tells Tencent's console apart, nothing else"),
            Map.entry("SendEmail.Attachments.FileURL", "the reference itself says that it must not be used"));

    @Test
    void everyFieldOfASupportedActionIsReadOrIgnoredForAReason() {
        List<String> unexplained = new ArrayList<>();
        sdkActions().forEach((action, request) -> {
            Class<? extends Record> ours = ourRequest(action);
            if (ours != null) {
                Set<String> fields = ourFields(ours, "");
                for (String field : sdkFields(request, "")) {
                    if (!fields.contains(field) && reason(action, field) == null) {
                        unexplained.add(action + "." + field);
                    }
                }
            }
        });
        assertThat(unexplained).isEmpty();
    }

    @Test
    void thePageTellsTheCoverageAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        assertThat(begin).as("the mark in docs/api.md").isPositive();
        String expected = page.substring(0, begin) + BEGIN + "\n\n" + table();
        if ("write".equals(System.getProperty("api.docs"))) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String table() {
        StringBuilder text = new StringBuilder("| action | state | field | |\n| --- | --- | --- | --- |\n");
        sdkActions().forEach((action, request) -> {
            Class<? extends Record> ours = ourRequest(action);
            if (ours == null) {
                text.append("| `").append(action).append("` | not yet | | answers `InvalidAction` |\n");
                return;
            }
            text.append("| `").append(action).append("` | supported | | |\n");
            Set<String> fields = ourFields(ours, "");
            Set<String> theirs = sdkFields(request, "");
            for (String field : theirs) {
                String reason = reason(action, field);
                text.append("| | | `").append(field).append("` | ");
                text.append(fields.contains(field) ? "read" : "ignored: " + reason)
                        .append(" |\n");
            }
            for (String field : fields) {
                if (!theirs.contains(field)) {
                    text.append("| | | `").append(field).append("` | read |\n");
                }
            }
        });
        return text.toString();
    }

    private static @Nullable String reason(String action, String field) {
        String reason = IGNORED.get(action + "." + field);
        return reason != null ? reason : IGNORED.get("*." + field.replaceFirst("\\..*", ""));
    }

    private static Map<String, Class<?>> sdkActions() {
        Map<String, Class<?>> actions = new TreeMap<>();
        for (Method method : SesClient.class.getDeclaredMethods()) {
            if (method.getParameterCount() == 1
                    && AbstractModel.class.isAssignableFrom(method.getParameterTypes()[0])) {
                actions.put(method.getName(), method.getParameterTypes()[0]);
            }
        }
        assertThat(actions).hasSize(36);
        return actions;
    }

    private static @Nullable Class<? extends Record> ourRequest(String action) {
        try {
            Class<?> type = Class.forName("org.hongyan.server.api." + action);
            for (Class<?> nested : type.getDeclaredClasses()) {
                if (nested.getSimpleName().equals("Request")) {
                    return nested.asSubclass(Record.class);
                }
            }
            throw new AssertionError(action + " has no Request");
        } catch (ClassNotFoundException notSupported) {
            return null;
        }
    }

    private static Set<String> sdkFields(Class<?> model, String path) {
        Set<String> names = new LinkedHashSet<>();
        for (Field field : model.getDeclaredFields()) {
            SerializedName name = field.getAnnotation(SerializedName.class);
            if (name == null) {
                continue;
            }
            Class<?> type = field.getType().isArray() ? field.getType().getComponentType() : field.getType();
            if (AbstractModel.class.isAssignableFrom(type) && !name.value().equals("TagList")) {
                names.addAll(sdkFields(type, path + name.value() + "."));
            } else {
                names.add(path + name.value());
            }
        }
        return names;
    }

    private static Set<String> ourFields(Class<?> record, String path) {
        Map<String, Type> components = new LinkedHashMap<>();
        for (RecordComponent component : Arrays.asList(record.getRecordComponents())) {
            JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = component.getName();
            components.put(
                    property != null ? property.value() : Character.toUpperCase(name.charAt(0)) + name.substring(1),
                    component.getGenericType());
        }
        Set<String> names = new LinkedHashSet<>();
        components.forEach((name, type) -> {
            Type element = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
            if (element instanceof Class<?> nested && nested.isRecord()) {
                names.addAll(ourFields(nested, path + name + "."));
            } else {
                names.add(path + name);
            }
        });
        return names;
    }
}
