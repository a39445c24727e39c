package org.hongyan.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    private static final String HEADER =
            "Received: one\r\nFrom: A <a@example.com>\r\nSUBJECT : folded\r\n\there\r\nreceived: two\r\n";

    @Test
    void fieldsAreFoundWhateverTheirCaseAndFolding() {
        Message message = message(HEADER + "\r\nbody: no field\r\n");
        assertThat(message.headerFields()).hasSize(4);
        assertThat(message.header("subject").orElseThrow().unfolded()).isEqualTo("folded\there");
        assertThat(message.headers("Received"))
                .extracting(HeaderField::unfolded)
                .containsExactly("one", "two");
        assertThat(message.header("body")).isEmpty();
        assertThat(message.bodyStart()).isEqualTo(HEADER.length() + 2);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``,``",
                "a,a~",
                "a~,a~",
                "a^b,a~b~",
                "a$b,a~b~",
                "a^^b,a~~b~",
                "a^~b,a~~b~",
                "a$^b,a~~b~",
                "a$$.$$b,a~~.~~b~",
                "a^$^$,a~~",
                "a0b0,ab~",
                "a^0$b,a~~b~",
            })
    void strayLineEndsAndNulsAreMadeCanonical(String any, String canonical) {
        byte[] bytes = marked(any);
        Message message = Message.normalised(bytes);
        assertThat(text(message)).isEqualTo(new String(marked(canonical), StandardCharsets.US_ASCII));
        assertThat(Message.normalised(message.bytes()).bytes()).isEqualTo(message.bytes());
    }

    @Test
    void canonicalBytesAreNotCopied() {
        byte[] bytes = "a: b\r\n\r\nc\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(Message.normalised(bytes).bytes()).isSameAs(bytes);
    }

    @Test
    void fieldsAreTakenOutWithTheirFolding() {
        Message message = message(HEADER + "Bcc: x@example.com,\r\n y@example.com\r\n\r\nBcc: body\r\n");
        assertThat(text(message.without("bcc"))).isEqualTo(HEADER + "\r\nBcc: body\r\n");
        assertThat(text(message.without("Received")))
                .startsWith("From: A <a@example.com>\r\nSUBJECT : folded\r\n\there\r\nBcc:");
        assertThat(message.without("X-None")).isSameAs(message);
        assertThat(text(message("Bcc: only").without("Bcc"))).isEmpty();
    }

    @Test
    void fieldsArePutFirst() {
        Message message = message("a: b\r\n\r\nc\r\n");
        assertThat(text(message.withFieldsFirst(List.of(new HeaderField("X", "1"), new HeaderField("Y", " 2,\r\n 3")))))
                .isEqualTo("X: 1\r\nY: 2,\r\n 3\r\na: b\r\n\r\nc\r\n");
    }

    @Test
    void aBlankAtTheStartDoesNotFoldOntoFieldsPutFirst() {
        Message message = message(" evil: x\r\nFrom: a@example.com\r\n\r\nbody\r\n");
        assertThat(message.headerFields()).isEmpty();
        assertThat(message.bodyStart()).isZero();
        assertThat(text(message.withFieldsFirst(List.of(new HeaderField("X", "1")))))
                .isEqualTo("X: 1\r\n\r\n evil: x\r\nFrom: a@example.com\r\n\r\nbody\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\rb", "a\r\n", "a\u0000", "a\r\n\r\n b", "a\n b"})
    void aFieldThatWouldStartAnotherIsNotWritten(String value) {
        Message message = message("a: b\r\n\r\n");
        assertThatThrownBy(() -> message.withFieldsFirst(List.of(new HeaderField("X", value))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message.withFieldsFirst(List.of(new HeaderField("X: y\r\nZ", "z"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAuthorIsTheOneMailboxOfTheOneFrom() {
        assertThat(message(HEADER + "\r\n").author()).hasToString("A <a@example.com>");
        for (String header : List.of(
                "To: a@example.com\r\n",
                "From: a@example.com\r\nFrom: a@example.com\r\n",
                "From: a@example.com\r\nFROM : b@example.org\r\n",
                "From: a@example.com,\r\n b@example.org\r\n",
                "From:\r\n a@example.com\r\n b@example.org\r\n",
                "From: \r\n\r\n")) {
            Message message = message(header + "\r\n");
            assertThatThrownBy(message::author).as(header).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(message("From:\r\n\tA\r\n <a@example.com>\r\n\r\n").author()).hasToString("A <a@example.com>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "a", ":", "a:\r\n", " a\r\n b", "a\nb\rc", "\r", "\n\n", "a: b\r\n\r"})
    void rubbishIsReadWithoutError(String rubbish) {
        Message message = message(rubbish);
        assertThat(message.headerFields()).isNotNull();
        assertThat(message.bodyStart()).isBetween(0, message.size());
        assertThat(message.without("a").size()).isLessThanOrEqualTo(message.size());
    }

    private static byte[] marked(String text) {
        return text.replace("~", "\r\n")
                .replace('^', '\r')
                .replace('$', '\n')
                .replace('0', '\0')
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Message message(String text) {
        return Message.ofCanonical(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.UTF_8);
    }
}
