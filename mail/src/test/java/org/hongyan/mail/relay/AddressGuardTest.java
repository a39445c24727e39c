package org.hongyan.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
                "255.255.255.255", "192.0.2.1", "198.18.0.1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1",
                "64:ff9b::a00:1", "2002:a00:1::1", "2001:db8::1", "::2", "2001::1"
            })
    void addressesOfSpecialUseAreRefused(String literal) {
        assertThat(AddressGuard.publicOnly().judge(InetAddress.ofLiteral(literal)))
                .isInstanceOf(AddressGuard.Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.0.1", "0.0.0.0", "::1", "::"})
    void loopbackIsOurselves(String literal) {
        assertThat(AddressGuard.publicOnly().judge(InetAddress.ofLiteral(literal)))
                .isEqualTo(new AddressGuard.Verdict.Ourselves());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2400:3200::1", "2606:4700::1"})
    void publicAddressesAreAllowed(String literal) {
        assertThat(AddressGuard.publicOnly().judge(InetAddress.ofLiteral(literal)))
                .isEqualTo(new AddressGuard.Verdict.Allowed());
    }

    @Test
    void mappedAddressesAreRefused() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        Inet6Address address = Inet6Address.getByAddress("mapped", mapped, 0);
        assertThat(AddressGuard.publicOnly().judge(address)).isInstanceOf(AddressGuard.Verdict.Refused.class);
    }

    @Test
    void theOperatorsListWins() {
        AddressGuard guard = AddressGuard.allowing(List.of("127.0.0.0/8", "10.0.0.0/9", "::1"));
        assertThat(guard.judge(InetAddress.ofLiteral("127.0.0.2"))).isEqualTo(new AddressGuard.Verdict.Allowed());
        assertThat(guard.judge(InetAddress.ofLiteral("10.127.0.1"))).isEqualTo(new AddressGuard.Verdict.Allowed());
        assertThat(guard.judge(InetAddress.ofLiteral("10.128.0.1"))).isInstanceOf(AddressGuard.Verdict.Refused.class);
        assertThat(guard.judge(InetAddress.ofLiteral("::1"))).isEqualTo(new AddressGuard.Verdict.Allowed());
    }

    @Test
    void ownPublicAddressesAreOurselves() {
        InetAddress own = InetAddress.ofLiteral("8.8.4.4");
        assertThat(AddressGuard.publicOnly().knowingOwn(Set.of(own)).judge(own))
                .isEqualTo(new AddressGuard.Verdict.Ourselves());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "", "2130706433", "10.0.0.0/-1"})
    void whatIsNoNetworkIsRefusedAtOnce(String text) {
        assertThatThrownBy(() -> AddressGuard.allowing(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
