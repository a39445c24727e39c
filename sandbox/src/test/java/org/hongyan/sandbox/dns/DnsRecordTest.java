package org.hongyan.sandbox.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsRecordTest {

    @Test
    void namesAndValuesAreBroughtToOneForm() {
        assertThat(DnsRecord.of("Mail.Example.COM.", "mx", "10 Bounce.Hongyan.Test"))
                .isEqualTo(DnsRecord.mx("mail.example.com", 10, "bounce.hongyan.test."))
                .extracting(DnsRecord::value)
                .isEqualTo("10 bounce.hongyan.test.");
        assertThat(DnsRecord.txt("例子.example", "x").name()).isEqualTo("xn--fsqu00a.example");
    }

    @Test
    void quotedStringsOfATextAreJoinedAndAPlainTextStaysAsItIs() {
        assertThat(DnsRecord.of("example.com", "TXT", "\"v=DKIM1; p=AB\" \"CD\"")
                        .value())
                .isEqualTo("v=DKIM1; p=ABCD");
        assertThat(DnsRecord.of("example.com", "TXT", "v=spf1 include:spf.hongyan.test ~all")
                        .value())
                .isEqualTo("v=spf1 include:spf.hongyan.test ~all");
    }

    @Test
    void aLineOfAZoneFileReadsBackAsTheRecord() throws Exception {
        DnsRecord text = DnsRecord.txt("_dmarc.example.com", "v=DMARC1; p=none; \"x\" \\ ; 中文 " + "y".repeat(600));
        assertThat(DnsRecord.ofZoneFileLine(text.zoneFileLine())).isEqualTo(text);
        DnsRecord address = DnsRecord.address("*.example.com", "2001:db8::1").withTtl(Duration.ofSeconds(7));
        assertThat(DnsRecord.ofZoneFileLine(address.zoneFileLine())).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "example.com  | MX   | ten mx.example.com",
                "example.com  | MX   | 10",
                "example.com  | A    | 2001:db8::1",
                "example.com  | A    | 1.2.3",
                "example.com  | AAAA | 1.2.3.4",
                "example.com  | SRV  | 0 0 0 x.example.com",
                "exa mple.com | TXT  | x",
                "a..b         | TXT  | x",
                "''           | TXT  | x",
                "example.com  | CNAME | a b",
                "example.com  | TXT  | \"not closed",
            })
    void whatNoZoneCouldHoldIsRefusedInWords(String name, String type, String value) {
        assertThatThrownBy(() -> DnsRecord.of(name, type, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("[^{}]{8,}");
    }

    @Test
    void aValueOfTwoLinesIsRefused() {
        assertThatThrownBy(() -> DnsRecord.of("example.com", "MX", "10 mx.example.com\n. 0 IN A 1.2.3.4"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
