package org.hongyan.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a@example.com|-|a@example.com",
                "alias <a@example.com>|alias|a@example.com",
                "鸿雁 邮件 <a@example.com>|鸿雁 邮件|a@example.com",
                "Foo, Bar (x) <a@example.com>|Foo, Bar (x)|a@example.com",
            })
    void aliasAndAddressAreRead(String text, String alias, String address) {
        NamedAddress parsed = NamedAddress.parse(text);
        assertThat(parsed.displayName()).isEqualTo(alias);
        assertThat(parsed.address()).hasToString(address);
        assertThat(parsed).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alias",
                "alias<a@example.com>",
                "alias  <a@example.com>",
                "<a@example.com>",
                " <a@example.com>",
                "  <a@example.com>",
                "alias\t<a@example.com>",
                "a:b <a@example.com>",
                "alias <a@example.com> ",
                "alias <a@example.com",
                "alias a@example.com>",
                "x <b@example.org> <a@example.com>",
                "x> <a@example.com>",
                "alias <a@example>",
                "al\r\nias <a@example.com>",
                "al\u0000ias <a@example.com>",
                "\u3000 <a@example.com>",
            })
    void otherFormsAreRefused(String text) {
        assertThatThrownBy(() -> NamedAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(NamedAddress.tryParse(text)).isEmpty();
    }
}
