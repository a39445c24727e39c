package org.hongyan.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

class ContentPolicyPropertyTest {

    private static final ContentPolicy POLICY = TestPolicy.standard();

    @Property(tries = 300)
    void noContentBreaksThePolicy(@ForAll("contents") String content) {
        for (Finding finding : POLICY.examine(content, content, content, List.of())) {
            assertThat(finding.matched().codePointCount(0, finding.matched().length()))
                    .isLessThanOrEqualTo(80);
            assertThat(finding.matched()).doesNotContain("\0", "\n");
            assertThat(finding.place()).startsWith(finding.place().split(":", 2)[0]);
        }
    }

    @Provide
    Arbitrary<String> contents() {
        Arbitrary<String> pieces = Arbitraries.of(
                "<a href='",
                "'>",
                "</a>",
                "<p>",
                "<img src=data:image/png;base64,",
                "QQ",
                "微信",
                "{{",
                "}}",
                "&#",
                "1234567",
                "\0",
                "\uD83D",
                "\u200B",
                "<style>",
                "<!--",
                "]]>",
                "javascript:",
                "//[",
                "<svg",
                "\n",
                "url(data:image/gif,",
                "赌",
                "博",
                "½",
                "ﷺ",
                "①");
        return Combinators.combine(
                        pieces.list().ofMaxSize(40),
                        Arbitraries.strings().ofMaxLength(20).list().ofMaxSize(5))
                .as((known, any) -> String.join("", known) + String.join(" ", any) + String.join("", known.reversed()));
    }

    @Example
    void aTenthOfAMegabyteOfHostileTextTakesNoLongerThanItsLength() {
        Random random = new Random(11);
        List<String> pieces =
                List.of("q", "Q ", "qq", "微", "信", "1 ", "2.", "加", "扫", "赌 ", "{{", "=", ":", "http://", "w.", "群");
        for (String repeated : List.of("qq 1 2 3 ", "微信:a", "w e c h a t ", "加我微", "1 ", "<p>".repeat(3))) {
            String hostile = repeated.repeat(100_000 / repeated.length());
            Assertions.assertTimeout(Duration.ofSeconds(20), () -> POLICY.examine("s", hostile, hostile, List.of()));
        }
        StringBuilder mixed = new StringBuilder();
        while (mixed.length() < 100_000) {
            mixed.append(pieces.get(random.nextInt(pieces.size())));
        }
        Assertions.assertTimeout(
                Duration.ofSeconds(20), () -> POLICY.examine("s", mixed.toString(), mixed.toString(), List.of()));
    }
}
