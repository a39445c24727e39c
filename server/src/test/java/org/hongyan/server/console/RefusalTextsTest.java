package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.i18n.LocaleContextHolder;

final class RefusalTextsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T06:32:00Z");

    private final Words words = new Words(new ConsoleWeb("Asia/Shanghai").messageSource());
    private final Figures figures =
            new Figures(Clock.fixed(NOW, ZoneOffset.UTC), words, new ConsoleZone(ZoneId.of("Asia/Shanghai")));
    private final RefusalTexts texts = new RefusalTexts(words, figures);

    static Stream<Class<?>> refusals() {
        return Arrays.stream(Refusal.class.getPermittedSubclasses());
    }

    @AfterEach
    void forgetTheLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalHasTextInBothLanguages(Class<?> kind) throws ReflectiveOperationException {
        Refusal refusal = example(kind);

        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
        String chinese = texts.of(refusal);
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        String english = texts.of(refusal);

        assertThat(chinese.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN))
                .as(chinese)
                .isTrue();
        assertThat(english).matches("[^\\p{IsHan}]+");
        assertThat(List.of(chinese, english))
                .allSatisfy(text -> assertThat(text)
                        .doesNotContainPattern("\\{[0-9]")
                        .doesNotContain("null")
                        .matches("(?s).*[.。!）]$"));
    }

    private static Refusal example(Class<?> kind) throws ReflectiveOperationException {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components).map(RefusalTextsTest::value).toArray();
        Constructor<?> constructor = kind.getDeclaredConstructor(types);
        return (Refusal) constructor.newInstance(values);
    }

    private static Object value(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == int.class) {
            return 12;
        }
        if (type == long.class) {
            return 12_345L;
        }
        if (type == Instant.class) {
            return NOW.plusSeconds(7_200);
        }
        if (type == List.class) {
            return List.of("C4 qr-code");
        }
        if (type == Set.class) {
            return Set.of("eta");
        }
        return component.getName().equals("field") ? "subject" : "x.example";
    }
}
