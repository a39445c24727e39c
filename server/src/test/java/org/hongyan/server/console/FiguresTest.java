package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

final class FiguresTest {

    private static final Instant NOW = Instant.parse("2026-11-24T06:32:00Z");

    private final Figures figures = new Figures(
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Words(new ConsoleWeb("Asia/Shanghai").messageSource()),
            new ConsoleZone(ZoneId.of("Asia/Shanghai")));

    @BeforeEach
    void speakChinese() {
        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
    }

    @AfterEach
    void forgetTheLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void thousandsHaveCommas() {
        assertThat(figures.count(0)).isEqualTo("0");
        assertThat(figures.count(1_234_567)).isEqualTo("1,234,567");
    }

    @Test
    void aRateHasOneDecimalTwoUnderOnePercentAndItsFractionWhenFew() {
        assertThat(figures.share(960, 1_000)).isEqualTo("96.0%");
        assertThat(figures.share(8, 10_000)).isEqualTo("0.08%");
        assertThat(figures.share(0, 10_000)).isEqualTo("0.0%");
        assertThat(figures.share(3, 14)).isEqualTo("3/14");
        assertThat(figures.share(0, 0)).isEqualTo("—");
    }

    @Test
    void aBarNeverLeavesItsTrack() {
        assertThat(figures.width(617, 1_000)).isEqualTo("61.7%");
        assertThat(figures.width(12, 10)).isEqualTo("100.0%");
        assertThat(figures.width(-1, 10)).isEqualTo("0.0%");
        assertThat(figures.width(1, 0)).isEqualTo("0.0%");
    }

    @Test
    void timeIsRelativeWithinAnHourAndAbsoluteBeyond() {
        assertThat(figures.when(NOW.minusSeconds(1))).isEqualTo("刚刚");
        assertThat(figures.when(NOW.minusSeconds(40))).isEqualTo("40 秒前");
        assertThat(figures.when(NOW.plusSeconds(1_080))).isEqualTo("18 分钟后");
        assertThat(figures.when(NOW.minusSeconds(3_600))).isEqualTo("11-24 13:32");
        assertThat(figures.when(NOW.minusSeconds(400L * 86_400))).isEqualTo("2025-10-20 14:32");
        assertThat(figures.when(null)).isEqualTo("—");
    }

    @Test
    void theClockAloneTellsATimeOfToday() {
        assertThat(figures.clock(NOW.plusSeconds(1_080))).isEqualTo("14:50");
        assertThat(figures.clock(NOW.plusSeconds(86_400))).isEqualTo("11-25 14:32");
    }

    @Test
    void agesAreInTheirLargestUnit() {
        assertThat(figures.age(NOW.minusSeconds(59))).isEqualTo("0 分钟");
        assertThat(figures.age(NOW.minusSeconds(7_300))).isEqualTo("2 小时");
        assertThat(figures.age(NOW.minusSeconds(3L * 86_400))).isEqualTo("3 天");
    }
}
