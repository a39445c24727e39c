package org.hongyan.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StsPolicyPropertyTest {

    @Property(tries = 500)
    void anyTextIsAPolicyOrNone(@ForAll String text, @ForAll List<String> records) {
        assertThat(StsPolicy.parse(text)).isNotNull();
        assertThat(StsPolicy.idOf(records)).isNotNull();
    }

    @Example
    void aPolicyIsRead() {
        assertThat(StsPolicy.parse(
                        "version: STSv1\nmode: enforce\r\nmx: MX1.a.test\nmx: *.b.test\nmax_age: 604800\nnew: x\n"))
                .contains(new StsPolicy(StsPolicy.Mode.ENFORCE, List.of("mx1.a.test", "*.b.test"), Duration.ofDays(7)));
        assertThat(StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 99999999999\n"))
                .isEmpty();
        assertThat(StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 9999999999\n"))
                .hasValueSatisfying(policy -> assertThat(policy.maxAge()).isLessThan(Duration.ofDays(366)));
        for (String broken : List.of(
                "",
                "mode: enforce\nmx: a.test\nmax_age: 1\n",
                "version: STSv2\nmode: enforce\nmx: a.test\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmax_age: 1\n",
                "version: STSv1\nmode: strict\nmx: a.test\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: -1\n")) {
            assertThat(StsPolicy.parse(broken)).as(broken).isEmpty();
        }
    }

    @Example
    void aWildcardStandsForOneLabel() {
        StsPolicy policy = new StsPolicy(StsPolicy.Mode.ENFORCE, List.of("mx.a.test", "*.b.test"), Duration.ofDays(1));
        assertThat(policy.names("mx.a.test")).isTrue();
        assertThat(policy.names("x.b.test")).isTrue();
        assertThat(policy.names("b.test")).isFalse();
        assertThat(policy.names("x.y.b.test")).isFalse();
        assertThat(policy.names("mx2.a.test")).isFalse();
    }

    @Example
    void theIdComesFromOneRecordOnly() {
        assertThat(StsPolicy.idOf(List.of("v=spf1 -all", "v=STSv1; id=2026a;"))).contains("2026a");
        assertThat(StsPolicy.idOf(List.of("v=STSv1; id=1", "v=STSv1; id=2"))).isEqualTo(Optional.empty());
        assertThat(StsPolicy.idOf(List.of("v=STSv1;"))).isEmpty();
        assertThat(StsPolicy.idOf(List.of("v=STSv1; id=a b"))).isEmpty();
    }
}
