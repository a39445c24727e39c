package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkedValueTest {

    private static final String KEY =
            "v=DKIM1; k=rsa; p=" + "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A".repeat(12) + "kX3vTqwIDAQAB";

    @Test
    void aTruncatedKeyIsMarkedWhereItEnds() {
        String cut = KEY.substring(0, 255);

        MarkedValue expected = MarkedValue.of(KEY, cut);
        MarkedValue seen = MarkedValue.of(cut, KEY);

        assertThat(expected.marked()).isEqualTo("…" + KEY.substring(KEY.length() - 16));
        assertThat(seen.marked()).isEqualTo("∅");
        assertThat(expected.head() + expected.hidden() + expected.tail()).isEqualTo(cut);
        assertThat(expected.isLong()).isTrue();
    }

    @Test
    void aShortDifferenceIsShownInFull() {
        MarkedValue value = MarkedValue.of("v=spf1 include:spf.a.example ~all", "v=spf1 include:spf.b.example ~all");

        assertThat(value.head()).isEqualTo("v=spf1 include:spf.");
        assertThat(value.marked()).isEqualTo("a.example ~all");
        assertThat(value.isLong()).isFalse();
    }

    @Test
    void valuesWithNothingInCommonAreNotMarked() {
        assertThat(MarkedValue.of("10 bounce.example", "20 mx.other.example").marked())
                .isEmpty();
    }

    @Test
    void anEqualOrLoneValueIsNotMarked() {
        assertThat(MarkedValue.of("10 bounce.example", "10 bounce.example").marked())
                .isEmpty();
        assertThat(MarkedValue.of("10 bounce.example", null).marked()).isEmpty();
    }
}
