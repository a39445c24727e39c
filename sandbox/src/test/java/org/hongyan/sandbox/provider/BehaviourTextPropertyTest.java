package org.hongyan.sandbox.provider;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BehaviourTextPropertyTest {

    @Property(tries = 1_000)
    void anyTextIsABehaviourThatReadsBackOrIsRefused(@ForAll("texts") String text) {
        Behaviour behaviour;
        try {
            behaviour = BehaviourText.parse(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        assertThat(BehaviourText.parse(BehaviourText.of(behaviour))).isEqualTo(behaviour);
        assertThat(BehaviourText.of(behaviour)).doesNotContain("\n", "\r");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.of(
                "accept",
                "mix",
                "open",
                "reject-rcpt",
                "reject-data",
                "drop",
                "slow",
                "greylist",
                "defer",
                "10",
                "550",
                "5.1.1",
                "2s",
                "500ms",
                "90m",
                ";",
                "rcpt",
                "connect",
                "text",
                "\n",
                "bounce-later",
                "中文",
                "");
        return Arbitraries.oneOf(words, Arbitraries.strings().ofMaxLength(6))
                .list()
                .ofMaxSize(7)
                .map(parts -> String.join(" ", parts));
    }
}
