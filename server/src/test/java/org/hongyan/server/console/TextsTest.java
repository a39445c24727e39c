package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two bundles against one another, against the templates and against the code. */
final class TextsTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates/console");
    private static final Path CODE = Path.of("src/main/java/org/hongyan/server/console");
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z][A-Za-z0-9_.-]+)");
    private static final Pattern PREFIX_IN_TEMPLATE = Pattern.compile("#\\{'([a-z][A-Za-z0-9_.-]*\\.)' \\+");
    private static final Pattern IN_CODE = Pattern.compile(
            "\"((?:state|preflight|nav|first|need|say|time|domain|sender|template|send|key|member|account"
                    + "|accounts|review|inbox|dns|providers|suppression|overview|place)\\.(?!csv\")[a-z][A-Za-z0-9.-]+[a-z0-9])\"");

    private final Map<String, String> english = read("messages.properties");
    private final Map<String, String> chinese = read("messages_zh_CN.properties");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(chinese.keySet()).containsExactlyElementsOf(english.keySet());
    }

    @Test
    void everyTextIsAFormatWithoutApostrophesForPeople() {
        for (Map<String, String> bundle : List.of(english, chinese)) {
            bundle.forEach((key, text) -> {
                assertThat(text).as(key).isNotBlank();
                assertThat(text.replaceAll("'[{}]+'", "")).as(key).doesNotContain("'");
                assertThat(new MessageFormat(text, Locale.ENGLISH)).as(key).isNotNull();
            });
        }
    }

    @Test
    void bothLanguagesSayTheSameFacts() {
        english.forEach((key, text) ->
                assertThat(facts(chinese.getOrDefault(key, ""))).as(key).isEqualTo(facts(text)));
    }

    @Test
    void chineseIsChinese() {
        Set<String> noHan = chinese.entrySet().stream()
                .filter(entry -> entry.getValue().codePoints().noneMatch(TextsTest::isHan))
                .map(Map.Entry::getKey)
                .filter(key -> !key.startsWith("unsubscribe.language."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(noHan)
                .containsExactlyInAnyOrder(
                        "event.other",
                        "field.html",
                        "field.unnamed",
                        "nav.dns",
                        "place.html",
                        "place.other",
                        "preflight.finding",
                        "unsubscribe.default-language");
    }

    @Test
    void templatesUseOnlyKeysThatExist() throws IOException {
        for (Path template : files(TEMPLATES, ".html")) {
            String text = Files.readString(template);
            Matcher keys = IN_TEMPLATE.matcher(text);
            while (keys.find()) {
                assertThat(english.containsKey(keys.group(1)))
                        .as(template + ": " + keys.group(1))
                        .isTrue();
            }
            Matcher prefixes = PREFIX_IN_TEMPLATE.matcher(text);
            while (prefixes.find()) {
                String prefix = prefixes.group(1);
                assertThat(english.keySet()).as(template.toString()).anyMatch(key -> key.startsWith(prefix));
            }
        }
    }

    @Test
    void codeUsesOnlyKeysThatExist() throws IOException {
        for (Path source : files(CODE, ".java")) {
            Matcher keys = IN_CODE.matcher(Files.readString(source));
            while (keys.find()) {
                assertThat(english.containsKey(keys.group(1)))
                        .as(source + ": " + keys.group(1))
                        .isTrue();
            }
        }
    }

    @Test
    void templatesHoldNoTextInlineScriptOrStyle() throws IOException {
        for (Path template : files(TEMPLATES, ".html")) {
            String text = Files.readString(template);
            assertThat(text).as(template.toString()).doesNotContainPattern("\\sstyle=|\\son[a-z]+=|<style");
            assertThat(text).as(template.toString()).doesNotContainPattern("<script(?![^>]*th:src)");
            assertThat(text).as(template.toString()).doesNotContain("th:utext");
        }
    }

    /** Numbers of the facts that a text is given, in order of size. */
    private static Set<String> facts(String text) {
        Set<String> facts = new TreeSet<>();
        Matcher matcher = Pattern.compile("(?<!')\\{([0-9])").matcher(text);
        while (matcher.find()) {
            facts.add(matcher.group(1));
        }
        Matcher named = Pattern.compile("<([a-z]+)>").matcher(text);
        while (named.find()) {
            facts.add(named.group(1));
        }
        return facts;
    }

    private static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    private static Map<String, String> read(String name) {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                TextsTest.class.getResourceAsStream("/i18n/console/" + name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }
}
