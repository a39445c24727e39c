package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SmtpServerLimitsTest {

    @Test
    void defaultsSuitTheOpenInternet() {
        SmtpServerLimits limits = SmtpServerLimits.defaults();
        assertThat(limits.content())
                .isEqualTo(new SmtpServerLimits.Content(10_485_760, 998, 65_536, 262_144, 1_000, 50));
        assertThat(limits.commands()).isEqualTo(new SmtpServerLimits.Commands(1_000, 2_048, 12_288, 20, 100, 5));
        assertThat(limits.times())
                .isEqualTo(new SmtpServerLimits.Times(
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(30),
                        500,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20)));
        assertThat(limits.connections())
                .isEqualTo(new SmtpServerLimits.Connections(
                        10_000, 50, Runtime.getRuntime().maxMemory() / 4));
    }

    @Test
    void eachGroupCanBeReplacedAlone() {
        SmtpServerLimits defaults = SmtpServerLimits.defaults();
        SmtpServerLimits limits =
                defaults.withMessageBytes(5).withTextLineBytes(6).withConnections(7, 8);
        assertThat(limits.content()).isEqualTo(new SmtpServerLimits.Content(5, 6, 65_536, 262_144, 1_000, 50));
        assertThat(limits.connections().total()).isEqualTo(7);
        assertThat(limits.connections().perAddress()).isEqualTo(8);
        assertThat(limits.connections().contentBytes())
                .isEqualTo(defaults.connections().contentBytes());
        assertThat(limits.commands()).isEqualTo(defaults.commands());
        assertThat(limits.times()).isEqualTo(defaults.times());
    }

    @Test
    void senselessLimitsAreRefused() {
        SmtpServerLimits defaults = SmtpServerLimits.defaults();
        assertThatThrownBy(() -> defaults.withMessageBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> defaults.withConnections(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SmtpServerLimits.Commands(1, 511, 12_288, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SmtpServerLimits.Times(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0,
                        Duration.ofSeconds(1),
                        Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
