package org.hongyan.server.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.hongyan.mail.dns.DnsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DnsPropertiesTest {

    private static DnsProperties bind(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("hongyan.dns", DnsProperties.class);
    }

    @Test
    void theDefaultsAreThoseOfTheEngine() {
        assertThat(bind(Map.of()).settings()).isEqualTo(DnsSettings.system());
        assertThat(bind(Map.of()).authoritativePort()).isEqualTo(53);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 53",
        "127.0.0.1:5354, 127.0.0.1, 5354",
        "::1, 0:0:0:0:0:0:0:1, 53",
        "[2001:db8::1]:5354, 2001:db8:0:0:0:0:0:1, 5354",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1, 53"
    })
    void serversAreAddressesWithOrWithoutPort(String text, String address, int port) {
        var read = DnsProperties.addressOf(text);
        assertThat(read.getAddress().getHostAddress()).isEqualTo(address);
        assertThat(read.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns.example.com", "", "127.0.0.1:", "127.0.0.1:dns", "127.0.0.1:99999"})
    void anythingElseIsRefusedAtTheStart(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsProperties.addressOf(text))
                .withMessageContaining("hongyan.dns.servers");
    }
}
