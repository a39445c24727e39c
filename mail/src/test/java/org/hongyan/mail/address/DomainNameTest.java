package org.hongyan.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "example.com,example.com",
        "EXAMPLE.Com.,example.com",
        "_dmarc.example.com,_dmarc.example.com",
        "1.2.3.4,1.2.3.4",
        "bücher.example,xn--bcher-kva.example",
        "BÜCHER.example,xn--bcher-kva.example",
        "例子.中国,xn--fsqu00a.xn--fiqs8s",
        "例子。中国,xn--fsqu00a.xn--fiqs8s",
        "ｅｘａｍｐｌｅ．ｃｏｍ,example.com",
        "腾讯.公司.cn,xn--r70as2s.xn--55qx5d.cn",
        "faß.de,xn--fa-hia.de",
        "βόλος.com,xn--nxasmm1c.com",
        "пример.испытание,xn--e1afmkfd.xn--80akhbyknj4f",
        "مثال.إختبار,xn--mgbh0fb.xn--kgbechtv",
        "उदाहरण.परीक्षा,xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g",
        "ひらがな.例え.テスト,xn--v8j0cwa6g.xn--r8jz45g.xn--zckzah",
        "xn--fsqu00a.xn--fiqs8s,xn--fsqu00a.xn--fiqs8s",
        "r3---sn-a.example.com,r3---sn-a.example.com",
    })
    void namesAreReadIntoALabels(String text, String ascii) {
        assertThat(DomainName.parse(text).ascii()).isEqualTo(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".a",
                "a.b..",
                "-a.com",
                "a-.com",
                "a b.com",
                "a\r\n.com",
                "a\u0000.com",
                "a@b.com",
                "[127.0.0.1]",
                "💩.la",
                "☃.net",
                "a\u200Bb.com",
                "a\u202Eb.com",
                "\u0301a.com",
                "aא.com",
                "xn--.com",
                "xn--a.com",
                "xn--abc-.com",
                "xn--99999999.com",
                "xn--fsqu00a例.com",
                "١٢.com\uFFFD",
            })
    void whatIsNoNameIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> DomainName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
        assertThat(DomainName.tryParse(text)).isEmpty();
    }

    @Test
    void lengthsAreThoseOfTheDns() {
        String label = "a".repeat(63);
        assertThat(DomainName.parse(label + ".com").ascii()).hasSize(67);
        assertThat(DomainName.tryParse(label + "a.com")).isEmpty();
        assertThat(DomainName.tryParse("鸿".repeat(63) + ".com")).isEmpty();
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertThat(DomainName.parse(longest).ascii()).hasSize(253);
        assertThat(DomainName.tryParse(longest + "a")).isEmpty();
        assertThat(DomainName.tryParse("例".repeat(100_000))).isEmpty();
    }

    @Test
    void peopleSeeTheNameInTheirScriptOnlyWhenItIsAGenuineOne() {
        assertThat(DomainName.parse("xn--fsqu00a.xn--fiqs8s").unicode()).isEqualTo("例子.中国");
        assertThat(DomainName.parse("faß.de").unicode()).isEqualTo("faß.de");
        // Punycode of an emoji: it exists in the DNS, but no rule of IDNA lets it be shown.
        assertThat(DomainName.parse("xn--ls8h.la").unicode()).isEqualTo("xn--ls8h.la");
        assertThat(DomainName.parse("example.com").unicode()).isEqualTo("example.com");
    }

    @Test
    void kinshipIsByWholeLabels() {
        DomainName name = DomainName.parse("mail.example.com");
        assertThat(name.isWithin(DomainName.parse("example.com"))).isTrue();
        assertThat(name.isWithin(name)).isTrue();
        assertThat(DomainName.parse("badexample.com").isWithin(DomainName.parse("example.com")))
                .isFalse();
        assertThat(name.parent()).contains(DomainName.parse("example.com"));
        assertThat(DomainName.parse("com").parent()).isEmpty();
        assertThat(name.child("S1._domainkey").ascii()).isEqualTo("s1._domainkey.mail.example.com");
    }
}
