package org.hongyan.server.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a rule may say has words in both languages, and no words are left over. */
class ReasonWordsTest {

    private static final Pattern KEY = Pattern.compile("\"((?:mx|spf|dkim|dmarc)\\.[a-z0-9-]+|no-answer|unchecked)\"");
    private static final Pattern FACT = Pattern.compile("\\{([a-z]+)}");

    @Test
    void rulesAndBundlesHaveTheSameKeys() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/hongyan/server/sender"))) {
            for (Path file : files.filter(each -> !each.endsWith("SenderProperties.java"))
                    .toList()) {
                Matcher keys = KEY.matcher(Files.readString(file, StandardCharsets.UTF_8));
                while (keys.find()) {
                    used.add("sender.reason." + keys.group(1));
                }
            }
        }
        for (Locale locale : List.of(Locale.ROOT, Locale.SIMPLIFIED_CHINESE)) {
            ResourceBundle bundle = ResourceBundle.getBundle("i18n/sender/messages", locale);
            assertThat(new TreeSet<>(bundle.keySet())).isEqualTo(used);
        }
    }

    @Test
    void bothLanguagesNameTheSameFacts() {
        ResourceBundle english = ResourceBundle.getBundle("i18n/sender/messages", Locale.ROOT);
        ResourceBundle chinese = ResourceBundle.getBundle("i18n/sender/messages", Locale.SIMPLIFIED_CHINESE);
        for (String key : english.keySet()) {
            assertThat(facts(chinese.getString(key))).as(key).isEqualTo(facts(english.getString(key)));
            assertThat(chinese.getString(key)).as(key).isNotEqualTo(english.getString(key));
        }
    }

    private static TreeSet<String> facts(String text) {
        List<String> facts = new ArrayList<>();
        Matcher matcher = FACT.matcher(text);
        while (matcher.find()) {
            facts.add(matcher.group(1));
        }
        return new TreeSet<>(facts);
    }
}
