package org.hongyan.mail.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hongyan.mail.address.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapingRulesTest {

    private final ShapingRules rules = ShapingRules.defaults();

    @ParameterizedTest
    @CsvSource({
        "mx3.qq.com, qq",
        "mxbiz1.qq.com, exmail",
        "163mx01.mxmail.netease.com, netease",
        "qiye163mx02.mxmail.netease.com, netease",
        "freemx1.sinamail.sina.com.cn, sina",
        "sohumx1.sohu.com, sohu",
        "mx1.aliyun.com, aliyun",
        "mxn.mxhichina.com, aliyun",
        "gmail-smtp-in.l.google.com, google",
        "aspmx.l.google.com, google",
        "alt2.aspmx.l.google.com, google",
        "outlook-com.olc.protection.outlook.com, microsoft",
        "contoso-com.mail.protection.outlook.com, microsoft",
        "mta5.am0.yahoodns.net, yahoo",
        "mx01.mail.icloud.com, icloud",
        "mail.example.com, example.com",
        "mx.some.example.com.cn, example.com.cn",
        "notqq.com, notqq.com"
    })
    void aProviderIsKnownByItsMxHost(String host, String provider) {
        assertThat(rules.providerOf(new DomainName(host))).isEqualTo(new Provider(provider));
    }

    @Test
    void limitsComeFromTheFile() {
        assertThat(rules.limitsOf(new Provider("qq")).connections()).isEqualTo(10);
        assertThat(rules.limitsOf(new Provider("anybody.example")).mailsPerSecond())
                .isInfinite();
        assertThat(rules.limitsOf(rules.routedTo("127.0.0.1", 25)).connections())
                .isEqualTo(50);
        Limits same = new Limits(3, 4, 5);
        assertThat(rules.withAll(same).limitsOf(new Provider("qq"))).isEqualTo(same);
        assertThat(rules.withAll(same).providerOf(new DomainName("mx1.qq.com"))).isEqualTo(new Provider("qq"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  connections 1",
                "provider",
                "provider a b",
                "weird\n  connections 1",
                "provider a\n  connections 1",
                "provider a\n  connections x\n  mails-per-connection 1\n  mails-per-second 1",
                "provider a\n  connections 0\n  mails-per-connection 1\n  mails-per-second 1",
                "provider a\n  connections 1\n  connections 1",
                "provider a\n  mx a..b\n  connections 1\n  mails-per-connection 1\n  mails-per-second 1",
                "provider a\n  colour red\n  connections 1\n  mails-per-connection 1\n  mails-per-second 1",
                "others\n  connections 1\n  mails-per-connection 1\n  mails-per-second 1",
            })
    void mistakesInTheFileAreNamed(String text) {
        assertThatThrownBy(() -> ShapingRules.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shaping rules");
    }
}
