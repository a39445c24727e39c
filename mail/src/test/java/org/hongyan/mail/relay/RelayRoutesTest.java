package org.hongyan.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.relay.RelayRoute.Mx;
import org.hongyan.mail.relay.RelayRoute.Smarthost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayRoutesTest {

    @Test
    void theLongestMatchWins() {
        RelayRoutes routes = RelayRoutes.parse(
                "Example.com=127.0.0.1:2500, .example.com=[::1]:25, .deep.example.com=Relay.Test:26, a.net=mx, *=10.0.0.1:25,");
        assertThat(routes.of(new DomainName("example.com"))).isEqualTo(new Smarthost("127.0.0.1", 2500));
        assertThat(routes.of(new DomainName("x.example.com"))).isEqualTo(new Smarthost("::1", 25));
        assertThat(routes.of(new DomainName("x.y.example.com"))).isEqualTo(new Smarthost("::1", 25));
        assertThat(routes.of(new DomainName("x.deep.example.com"))).isEqualTo(new Smarthost("relay.test", 26));
        assertThat(routes.of(new DomainName("a.net"))).isEqualTo(new Mx());
        assertThat(routes.of(new DomainName("b.net"))).isEqualTo(new Smarthost("10.0.0.1", 25));
        assertThat(RelayRoutes.none().of(new DomainName("b.net"))).isEqualTo(new Mx());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.test",
                "a.test=",
                "=mx",
                "a.test=host",
                "a.test=host:0",
                "a.test=host:70000",
                "a b=mx",
                "a.test=h:x"
            })
    void whatIsNoRouteIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> RelayRoutes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }
}
