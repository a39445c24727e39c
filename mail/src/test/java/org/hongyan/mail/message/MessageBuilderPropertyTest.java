package org.hongyan.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hongyan.mail.address.EmailAddress;

class MessageBuilderPropertyTest {

    @Property(tries = 3000)
    void subjectsAndNamesAndTextsSurviveJakartaMail(
            @ForAll("oneLiners") String subject, @ForAll("oneLiners") String name, @ForAll("texts") String text)
            throws Exception {
        String displayName = name.isBlank() ? "x" : name;
        Message message = new MessageBuilder("s")
                .from(EmailAddress.parse("a@example.com"), displayName)
                .date(Instant.EPOCH, ZoneOffset.UTC)
                .messageId("<1@example.com>")
                .subject(subject)
                .text(text)
                .html(text)
                .attachment("f.bin", "application/octet-stream", text.getBytes(StandardCharsets.UTF_8))
                .build();
        assertThat(new String(message.bytes(), StandardCharsets.UTF_8).split("\r\n"))
                .allMatch(line -> line.length() <= 78);
        assertThat(Message.normalised(message.bytes()).bytes()).isSameAs(message.bytes());
        assertThat(message.author().displayName()).isEqualTo(displayName.strip());

        MimeMessage parsed =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message.bytes()));
        assertThat(parsed.getSubject()).isEqualTo(subject);
        assertThat(((InternetAddress) parsed.getFrom()[0]).getPersonal()).isEqualTo(displayName);
        MimeMultipart mixed = (MimeMultipart) parsed.getContent();
        MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
        byte[] plain = alternative.getBodyPart(0).getInputStream().readAllBytes();
        byte[] expected = CanonicalLines.of(text.getBytes(StandardCharsets.UTF_8));
        assertThat(trimmed(plain)).isEqualTo(trimmed(expected));
        assertThat(mixed.getBodyPart(1).getInputStream().readAllBytes())
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 20_000)
    void anyTemplateIsEitherRefusedOrRendered(@ForAll("templates") String source) {
        MessageTemplate template;
        try {
            template = MessageTemplate.compile(source, MessageTemplate.Escape.HTML);
        } catch (MalformedTemplateException malformed) {
            assertThat(source.lines().count()).isGreaterThanOrEqualTo(malformed.line());
            assertThat(source).contains("{{");
            return;
        }
        Map<String, String> values =
                template.variables().stream().collect(Collectors.toMap(name -> name, name -> "{{<}}"));
        String rendered = template.render(values);
        if (template.variables().isEmpty()) {
            assertThat(rendered).isEqualTo(source);
        } else {
            assertThat(rendered).contains("{{&lt;}}");
        }
    }

    /** The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1), so those at the end say nothing. */
    private static String trimmed(byte[] lines) {
        String text = new String(lines, StandardCharsets.UTF_8);
        while (text.endsWith("\r\n")) {
            text = text.substring(0, text.length() - 2);
        }
        return text;
    }

    @Provide
    Arbitrary<String> oneLiners() {
        return Arbitraries.of(
                        "a", "B", " ", "=", "?", "_", "=?", "?=", "\"", "\\", ",", "<", ">", "(", "@", "é", "鸿", "雁",
                        "😀", "word", "0")
                .list()
                .ofMinSize(0)
                .ofMaxSize(60)
                .map(pieces -> String.join("", pieces).strip());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        " ",
                        "  ",
                        "\t",
                        "=",
                        "=_",
                        "--",
                        ".",
                        "\r\n",
                        "\n",
                        "\r",
                        "鸿",
                        "é",
                        "😀",
                        "From ",
                        "x".repeat(74),
                        "x".repeat(76),
                        "\u0001",
                        "\u007F")
                .list()
                .ofMinSize(0)
                .ofMaxSize(80)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of("{{", "}}", "{", "}", "a", "名", " ", "\n", "{{a}}", "{{ 名 }}", "-", "<", ".")
                .list()
                .ofMinSize(0)
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }
}
