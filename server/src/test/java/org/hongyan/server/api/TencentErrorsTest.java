package org.hongyan.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TencentErrorsTest {

    static Stream<Class<?>> refusals() {
        return Arrays.stream(Refusal.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalHasACodeAndATextInBothLanguages(Class<?> type) throws Exception {
        TencentError error = TencentErrors.of((Refusal) sample(type));
        assertThat(error.code()).matches("[A-Z][A-Za-z]+(\\.[A-Z][A-Za-z]+)?");
        String english = ApiTexts.text(error, "en-US");
        String chinese = ApiTexts.text(error, "zh-CN");
        assertThat(english).isNotBlank().doesNotContain("{");
        assertThat(chinese).isNotBlank().doesNotContain("{").isNotEqualTo(english);
    }

    private static Object sample(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        List<Class<?>> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            types.add(component.getType());
            values.add(sampleValue(component.getType()));
        }
        var constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values.toArray());
    }

    private static Object sampleValue(Class<?> type) {
        if (type == String.class) {
            return "x";
        }
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == List.class) {
            return List.of("x");
        }
        return Set.of("x");
    }
}
