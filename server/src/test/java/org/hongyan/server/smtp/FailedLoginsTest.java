package org.hongyan.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hongyan.server.SettableClock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FailedLoginsTest {

    private static final String NAME = "news@mail.example.com";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T10:00:00Z"));
    private final FailedLogins failures = new FailedLogins(
            settings(Map.of(
                    "hongyan.smtp.failures-per-address", "3",
                    "hongyan.smtp.failures-per-name", "2",
                    "hongyan.smtp.lockout", "15m")),
            clock);

    static SmtpProperties settings(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("hongyan.smtp", SmtpProperties.class);
    }

    private static InetAddress at(String address) throws Exception {
        return InetAddress.getByName(address);
    }

    @Test
    void eachFailureIsAnsweredSlowerUpToALimit() throws Exception {
        assertThat(failures.failed(at("192.0.2.1"), NAME)).isEqualTo(Duration.ofMillis(250));
        assertThat(failures.failed(at("192.0.2.1"), "other")).isEqualTo(Duration.ofMillis(500));
        assertThat(failures.failed(at("192.0.2.2"), NAME)).isEqualTo(Duration.ofMillis(500));
        for (int i = 0; i < 20; i++) {
            assertThat(failures.failed(at("192.0.2.1"), "x" + i)).isLessThanOrEqualTo(Duration.ofSeconds(8));
        }
    }

    @Test
    void anAddressIsLockedWhateverNameItTriesAndFreeAgainAfterTheLockout() throws Exception {
        for (int i = 0; i < 3; i++) {
            failures.failed(at("192.0.2.1"), "guess" + i);
        }
        assertThat(failures.wait(at("192.0.2.1"))).isEqualTo(Duration.ofMinutes(15));
        assertThat(failures.wait(at("192.0.2.2"))).isZero();
        clock.advance(Duration.ofMinutes(15));
        assertThat(failures.wait(at("192.0.2.1"))).isZero();
        failures.failed(at("192.0.2.1"), "guess");
        assertThat(failures.wait(at("192.0.2.1"))).isZero();
    }

    @Test
    void aNetworkOfIpv6IsOneClient() throws Exception {
        for (int i = 0; i < 3; i++) {
            failures.failed(at("2001:db8::" + (i + 1)), "guess" + i);
        }
        assertThat(failures.wait(at("2001:db8::ffff"))).isPositive();
        assertThat(failures.wait(at("2001:db8:0:1::1"))).isZero();
    }

    @Test
    void aNameIsLockedFromEverywhereButWhereItSignedInLately() throws Exception {
        failures.succeeded(at("198.51.100.7"), NAME);
        failures.failed(at("192.0.2.1"), NAME);
        failures.failed(at("192.0.2.2"), " NEWS@mail.example.com ");
        assertThat(failures.wait(at("192.0.2.3"), NAME)).isEqualTo(Duration.ofMinutes(15));
        assertThat(failures.wait(at("198.51.100.7"), NAME)).isZero();
        clock.advance(Duration.ofDays(2));
        failures.failed(at("192.0.2.1"), NAME);
        failures.failed(at("192.0.2.2"), NAME);
        assertThat(failures.wait(at("198.51.100.7"), NAME)).isPositive();
    }

    @Test
    void aRightPasswordLetsTheNameStartAnew() throws Exception {
        failures.failed(at("192.0.2.1"), NAME);
        failures.succeeded(at("192.0.2.9"), NAME);
        failures.failed(at("192.0.2.1"), NAME);
        assertThat(failures.wait(at("192.0.2.3"), NAME)).isZero();
    }
}
