package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hongyan.mail.message.Message;

class OutboxPropertyTest {

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .withChars('.', 'a', ' ')
                .ofMaxLength(5)
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 500)
    void stuffedContentUnstuffsToItself(@ForAll("lines") List<String> lines) throws IOException {
        StringBuilder content = new StringBuilder();
        lines.forEach(line -> content.append(line).append("\r\n"));
        String wire = wire(content.toString());
        if (lines.isEmpty()) {
            assertThat(wire).isEqualTo("\r\n.\r\n");
            return;
        }
        assertThat(wire).endsWith("\r\n.\r\n");
        StringBuilder read = new StringBuilder();
        for (String line : wire.substring(0, wire.length() - 3).split("\r\n", -1)) {
            assertThat(line).isNotEqualTo(".");
            read.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        assertThat(read.substring(0, read.length() - 2)).hasToString(content.toString());
    }

    @Property(tries = 500)
    void strayLineEndsAreFound(@ForAll("octets") String text) {
        boolean stray = text.replace("\r\n", "").matches("(?s).*[\r\n\0].*");
        Content content = Content.of(message(text));
        assertThat(content.strayLineEnd()).isEqualTo(stray);
        assertThat(content.eightBit()).isEqualTo(text.chars().anyMatch(c -> c > 127));
    }

    @Provide
    Arbitrary<String> octets() {
        return Arbitraries.strings().withChars('\r', '\n', '.', 'a', '\0', 'é').ofMaxLength(12);
    }

    @Example
    void contentOfManyPiecesStaysWhole() throws IOException {
        String large = (".line\r\n" + "x".repeat(60) + "\r\n").repeat(5_000);
        assertThat(wire(large)).isEqualTo(large.replace(".line", "..line") + ".\r\n");
    }

    @Example
    void aCommandNeverHoldsALineEnd() {
        Outbox outbox = new Outbox(new ByteArrayOutputStream());
        for (String evil : List.of("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>", "a\n", "a\r", "a\0")) {
            assertThatThrownBy(() -> outbox.command(evil)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String wire(String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outbox outbox = new Outbox(out);
        outbox.content(Content.of(message(content)));
        outbox.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Message message(String text) {
        return Message.ofCanonical(text.getBytes(StandardCharsets.UTF_8));
    }
}
