package org.hongyan.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FromHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "news@example.com|-|news@example.com",
                " news@EXAMPLE.com |-|news@example.com",
                "<news@example.com>|-|news@example.com",
                "News <news@example.com>|News|news@example.com",
                "News<news@example.com>|News|news@example.com",
                "The Daily  News <news@example.com>|The Daily News|news@example.com",
                "John Q. Public <jq@example.com>|John Q. Public|jq@example.com",
                "\"News, Daily\" <news@example.com>|News, Daily|news@example.com",
                "\"a \\\"b\\\" \\\\ c\" <a@example.com>|a \"b\" \\ c|a@example.com",
                "\"(no comment) : ; <x>\" <a@example.com>|(no comment) : ; <x>|a@example.com",
                "\"Daily\" News <a@example.com>|Daily News|a@example.com",
                "鸿雁 <a@example.com>|鸿雁|a@example.com",
                "=?UTF-8?B?6bi/6ZuB?= <a@example.com>|鸿雁|a@example.com",
                "=?utf-8?q?=E9=B8=BF=E9=9B=81_News?= <a@example.com>|鸿雁 News|a@example.com",
                "=?UTF-8?B?6bi/?= =?UTF-8?B?6ZuB?= <a@example.com>|鸿雁|a@example.com",
                "=?UTF-8?B?6bi/6Q==?= =?UTF-8?B?m4E=?= <a@example.com>|鸿雁|a@example.com",
                "\"=?UTF-8?B?6bi/6ZuB?=\" <a@example.com>|鸿雁|a@example.com",
                "=?gb2312?B?uufR4w==?= <a@example.com>|虹雁|a@example.com",
                "=?unknown-8bit?Q?x?= <a@example.com>|=?unknown-8bit?Q?x?=|a@example.com",
                "a <用户@例子.中国>|a|用户@xn--fsqu00a.xn--fiqs8s",
            })
    void oneMailboxIsReadWithItsName(String field, String displayName, String address) {
        NamedAddress from = FromHeader.parse(field);
        assertThat(from.displayName()).isEqualTo(displayName);
        assertThat(from.address()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<>",
                "News",
                "a@example.com, b@example.org",
                "a@example.com b@example.org",
                "A <a@example.com>, B <b@example.org>",
                "A <a@example.com>; B <b@example.org>",
                "A <a@example.com> <b@example.org>",
                "A <a@example.com> b@example.org",
                "A <a@example.com> (b@example.org)",
                "A (b@example.org) <a@example.com>",
                "(b@example.org) a@example.com",
                "a@example.com (Some One)",
                "a(b)@example.com",
                "Friends: a@example.com;",
                "Friends: A <a@example.com>;",
                "undisclosed:;",
                "A <@relay.example:a@example.com>",
                "A <<a@example.com>>",
                "A < a@example.com>",
                "A <a@example.com",
                "A a@example.com>",
                "a@example.com <b@example.org>",
                "A <=?UTF-8?Q?a=40example.com?=>",
                "=?UTF-8?Q?a=40example.com?=",
                "=?UTF-8?Q?A_<a=40example.org>?=",
                "A <\"a@example.org\"@example.com>",
                "\"A <a@example.com>",
                "A\r\nFrom: b@example.org <a@example.com>",
                "A\u0000 <a@example.com>",
                "A\u202E <a@example.com>",
                "=?UTF-8?Q?a=0D=0AFrom:_b?= <a@example.com>",
                "A <a@example.com>\u0000",
                "A <a@[127.0.0.1]>",
                "A [B] <a@example.com>",
            })
    void whatTwoReadersCouldTakeForTwoThingsIsRefused(String field) {
        assertThatThrownBy(() -> FromHeader.parse(field))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
        assertThat(FromHeader.tryParse(field)).isEmpty();
    }

    @Test
    void aLongFieldIsReadInOnePass() {
        assertThat(FromHeader.tryParse("\"" + "a\\".repeat(100_000))).isEmpty();
        assertThat(FromHeader.tryParse("=?UTF-8?B?".repeat(5_000) + "<a@example.com>"))
                .isEmpty();
    }
}
