package org.hongyan.server.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** All settings there are, read from the configuration records of the rooms. Immutable. */
public final class SettingsCatalogue {

    static final String PREFIX = "hongyan.";
    private static final String BASE_PACKAGE = "org.hongyan.server";

    private final List<Setting> settings;
    private final List<Class<?>> records;

    private SettingsCatalogue(List<Class<?>> records) {
        this.records = List.copyOf(records);
        List<Setting> found = new ArrayList<>();
        for (Class<?> type : records) {
            collect(prefixOf(type).substring(PREFIX.length()), type, found);
        }
        found.sort(Comparator.comparing(Setting::name));
        this.settings = List.copyOf(found);
    }

    /** Looks through the service's packages. */
    public static SettingsCatalogue discover() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<Class<?>> records = new ArrayList<>();
        for (BeanDefinition definition : scanner.findCandidateComponents(BASE_PACKAGE)) {
            Class<?> type = ClassUtils.resolveClassName(
                    String.valueOf(definition.getBeanClassName()), SettingsCatalogue.class.getClassLoader());
            if (type.isRecord() && prefixOf(type).startsWith(PREFIX)) {
                records.add(type);
            }
        }
        records.sort(Comparator.comparing(SettingsCatalogue::prefixOf));
        return new SettingsCatalogue(records);
    }

    /** By name. */
    public List<Setting> settings() {
        return settings;
    }

    List<Class<?>> records() {
        return records;
    }

    static String prefixOf(Class<?> type) {
        ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
        return annotation.prefix().isEmpty() ? annotation.value() : annotation.prefix();
    }

    /** The setting that a name belongs to: itself, or the list or map that it is an element of. */
    Optional<Setting> owner(String name) {
        if (!ConfigurationPropertyName.isValid(canonical(name))) {
            return Optional.empty();
        }
        ConfigurationPropertyName wanted = ConfigurationPropertyName.of(canonical(name));
        return settings.stream()
                .filter(setting -> {
                    ConfigurationPropertyName known = ConfigurationPropertyName.of(setting.name());
                    return known.equals(wanted)
                            || (setting.type().startsWith("list")
                                            || setting.type().startsWith("map"))
                                    && known.isAncestorOf(wanted);
                })
                .findFirst();
    }

    /** Spring takes {@code mostMails} and {@code most_mails} for {@code most-mails}; so do we. */
    private static String canonical(String name) {
        return name.strip()
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }

    /** The known names that look most like a wrong one, best first, at most three. */
    List<String> closestTo(String name) {
        String wrong = canonical(name);
        return settings.stream()
                .map(Setting::name)
                .sorted(Comparator.comparingInt(known -> distance(wrong, known)))
                .limit(3)
                .toList();
    }

    /** How many letters must be changed, put in or left out to make one of the other; a known ending counts little. */
    private static int distance(String wrong, String known) {
        if (known.endsWith("." + wrong)) {
            return 1;
        }
        int[] row = new int[known.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wrong.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (wrong.charAt(i - 1) == known.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[known.length()];
    }

    private static void collect(String prefix, Class<?> type, List<Setting> into) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String name = prefix + "." + kebab(component.getName());
            if (component.getType().isRecord()
                    && component.getType().getPackageName().startsWith(BASE_PACKAGE)
                    && !isValue(component.getType())) {
                collect(name, component.getType(), into);
                continue;
            }
            Meaning meaning = component.getAnnotation(Meaning.class);
            into.add(new Setting(
                    name,
                    words(component.getGenericType()),
                    defaultOf(components, i, type),
                    meaning == null ? "" : meaning.value()));
        }
    }

    /** A record of one component that reads from a text is a value, not a group of settings. */
    private static boolean isValue(Class<?> type) {
        return type.getRecordComponents().length == 1;
    }

    private static String defaultOf(RecordComponent[] components, int index, Class<?> type) {
        RecordComponent component = components[index];
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            // The annotation is for parameters, so the record component itself does not carry it.
            DefaultValue value =
                    type.getDeclaredConstructor(types).getParameters()[index].getAnnotation(DefaultValue.class);
            if (value != null) {
                return String.join(",", value.value());
            }
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has a canonical constructor: " + type, e);
        }
        if (component.getType() == boolean.class) {
            return "false";
        }
        return component.getType().isPrimitive() ? "0" : "";
    }

    private static String words(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (Collection.class.isAssignableFrom(raw)) {
                return "list of " + words(last) + ", by commas";
            }
            if (Map.class.isAssignableFrom(raw)) {
                return "map: `name.<key>=` " + words(last);
            }
            return words(last);
        }
        return type instanceof Class<?> plain ? words(plain) : "text";
    }

    private static String words(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "whole number";
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        if (type == Duration.class) {
            return "duration, such as 30s, 15m, 24h, 7d";
        }
        if (type == DataSize.class) {
            return "size, such as 512KB, 10MB";
        }
        if (type == Path.class) {
            return "path";
        }
        if (type == ZoneId.class) {
            return "time zone";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(" or "));
        }
        return "text";
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
