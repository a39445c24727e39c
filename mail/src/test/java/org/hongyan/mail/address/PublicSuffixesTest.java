package org.hongyan.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicSuffixesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "com,-",
                "cn,-",
                "com.cn,-",
                "公司.cn,-",
                "co.uk,-",
                "github.io,-",
                "中国,-",
                "test,-",
                "ck,-",
                "anything.ck,-",
                "example.com,example.com",
                "mail.example.com,example.com",
                "a.b.c.example.com,example.com",
                "mail.example.com.cn,example.com.cn",
                "例子.公司.cn,xn--fsqu00a.xn--55qx5d.cn",
                "a.例子.中国,xn--fsqu00a.xn--fiqs8s",
                "user.github.io,user.github.io",
                "www.ck,www.ck",
                "b.a.www.ck,www.ck",
                "x.mailbox.test,mailbox.test",
                "_dmarc.example.com,example.com",
            })
    void registrableDomainsAreThoseOfTheList(String name, String registrable) {
        assertThat(PublicSuffixes.registrableDomain(DomainName.parse(name)).map(DomainName::ascii))
                .isEqualTo(Optional.ofNullable(registrable));
        assertThat(PublicSuffixes.isPublicSuffix(DomainName.parse(name))).isEqualTo(registrable == null);
    }
}
