package org.hongyan.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com",
                "first.last+tag@mail.example.com",
                "!#$%&'*+-/=?^_`{|}~@example.com",
                "\"john smith\"@example.com",
                "\"a@b\"@example.com",
                "\"a\\\"b\"@example.com",
                "\"\"@example.com",
                "用户@例子.中国",
                "123@163.com",
            })
    void addressesAreReadAndWrittenBack(String text) {
        EmailAddress address = EmailAddress.parse(text);
        assertThat(EmailAddress.parse(address.toString())).isEqualTo(address);
        assertThat(address.toString()).startsWith(text.substring(0, text.lastIndexOf('@')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a",
                "a@",
                "@example.com",
                "a@b",
                "a@example.com.",
                "a@@example.com",
                "a@b@example.com",
                ".a@example.com",
                "a.@example.com",
                "a..b@example.com",
                "a b@example.com",
                " a@example.com",
                "a@example.com ",
                "a@ example.com",
                "a(comment)@example.com",
                "<a@example.com>",
                "a@example.com,b@example.com",
                "a@example.com;b@example.com",
                "@relay.example:a@example.com",
                "a@[127.0.0.1]",
                "a@127.0.0.1",
                "a@_dmarc.example.com",
                "\"a@example.com",
                "\"a\"b\"@example.com",
                "\"a\\\"@example.com",
                "\"a\r\nb\"@example.com",
                "a\r\nRCPT TO:<b@example.net>@example.com",
                "a\u0000@example.com",
                "a\u200B@example.com",
                "a\u200D@example.com",
                "a\u202E@example.com",
                "a\u00A0@example.com",
                "a\u3000@example.com",
                "\uD800@example.com",
            })
    void whatIsNoMailboxIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\r", "\n", "\u0000");
        assertThat(EmailAddress.tryParse(text)).isEmpty();
    }

    @Test
    void lengthsAreThoseOfSmtp() {
        assertThat(EmailAddress.tryParse("a".repeat(64) + "@example.com")).isPresent();
        assertThat(EmailAddress.tryParse("a".repeat(65) + "@example.com")).isEmpty();
        assertThat(EmailAddress.tryParse("用".repeat(22) + "@example.com")).isEmpty();
        String domain = String.join(".", "b".repeat(63), "b".repeat(63), "b".repeat(61));
        assertThat(EmailAddress.tryParse("a".repeat(64) + "@" + domain)).isPresent();
        assertThat(EmailAddress.tryParse("a".repeat(64) + "@" + domain + "b")).isEmpty();
    }

    @Test
    void aBadAddressCannotBeMadeByTheConstructorEither() {
        assertThatThrownBy(() -> new EmailAddress("a", new DomainName("localhost")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spellingsOfOneMailboxHaveOneKey() {
        assertThat(EmailAddress.parse("Foo@EXAMPLE.com").comparisonKey()).isEqualTo("foo@example.com");
        assertThat(EmailAddress.parse("Foo@EXAMPLE.com").toString()).isEqualTo("Foo@example.com");
        assertThat(EmailAddress.parse("用户@例子.中国").needsSmtpUtf8()).isTrue();
        assertThat(EmailAddress.parse("user@例子.中国").needsSmtpUtf8()).isFalse();
    }
}
