package org.hongyan.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.hongyan.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListUnsubscribeTest {

    @Test
    void theFieldsAreThoseOfTheRfc() {
        ListUnsubscribe byLink = ListUnsubscribe.byLink(URI.create("https://example.com/u?t=a,b"));
        assertThat(byLink.fields())
                .containsExactly(
                        new HeaderField("List-Unsubscribe", "<https://example.com/u?t=a,b>"),
                        new HeaderField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        assertThat(byLink.orByMailTo(EmailAddress.parse("u+1%2@example.com")).value())
                .isEqualTo("<https://example.com/u?t=a,b>, <mailto:u+1%252@example.com>");
    }

    @Test
    void wideCharactersAreEscaped() {
        assertThat(ListUnsubscribe.byLink(URI.create("https://example.com/退订")).value())
                .isEqualTo("<https://example.com/%E9%80%80%E8%AE%A2>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:a@example.com", "/u/1", "javascript:alert(1)", "https:///x", "ftp://example.com/"})
    void otherThingsThanWebAddressesAreRefused(String link) {
        assertThatThrownBy(() -> ListUnsubscribe.byLink(URI.create(link))).isInstanceOf(IllegalArgumentException.class);
    }
}
