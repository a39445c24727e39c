package org.hongyan.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBuilderTest {

    private static final Instant NOW = Instant.parse("2026-11-05T10:00:00Z");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String LONG_SUBJECT = "鸿雁传书：您的订单已经发货，预计三天之内送达，请注意查收，谢谢您的信任与支持😀！".repeat(3);

    @Test
    void aPlainMessageIsWrittenToTheLetter() {
        Message message = builder()
                .to(List.of(EmailAddress.parse("a@example.net"), EmailAddress.parse("b@example.net")))
                .subject("Your order")
                .text("Hello,\nyour order = \"shipped\". \n\nBye")
                .build();
        assertThat(text(message)).isEqualTo("""
                        From: News <news@example.com>
                        To: a@example.net, b@example.net
                        Subject: Your order
                        Date: Thu, 5 Nov 2026 18:00:00 +0800
                        Message-ID: <1@example.com>
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=UTF-8
                        Content-Transfer-Encoding: quoted-printable

                        Hello,
                        your order =3D "shipped".=20

                        Bye
                        """.replace("\n", "\r\n"));
    }

    @Test
    void aChineseMessageIsWrittenToTheLetter() {
        Message message = builder()
                .from(EmailAddress.parse("news@example.com"), "鸿雁")
                .to(new NamedAddress("王, 小明", EmailAddress.parse("a@example.net")))
                .subject("您的验证码是 123456，请在十五分钟之内使用，不要告诉任何人")
                .text("您好，世界。")
                .build();
        assertThat(text(message)).isEqualTo("""
                        From: =?UTF-8?B?6bi/6ZuB?= <news@example.com>
                        To: =?UTF-8?B?546LLCDlsI/mmI4=?= <a@example.net>
                        Subject: =?UTF-8?B?5oKo55qE6aqM6K+B56CB5pivIDEyMzQ1Nu+8jOivt+WcqOWNgQ==?=
                         =?UTF-8?B?5LqU5YiG6ZKf5LmL5YaF5L2/55So77yM5LiN6KaB5ZGK6K+J5Lu75L2V5Lq6?=
                        Date: Thu, 5 Nov 2026 18:00:00 +0800
                        Message-ID: <1@example.com>
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=UTF-8
                        Content-Transfer-Encoding: base64

                        5oKo5aW977yM5LiW55WM44CC
                        """.replace("\n", "\r\n"));
    }

    @Test
    void everythingSurvivesJakartaMail() throws Exception {
        byte[] pdf = new byte[10_000];
        for (int i = 0; i < pdf.length; i++) {
            pdf[i] = (byte) i;
        }
        String longName = "二〇二六年度第三季度财务报告（最终修订版）以及附录一至附录十二.pdf";
        Message message = builder()
                .from(EmailAddress.parse("news@example.com"), "Dr. \"Quote\" \\ O'Neil, Jr.")
                .to(List.of(EmailAddress.parse("a@example.net")))
                .cc(List.of(EmailAddress.parse("c@例子.中国")))
                .replyTo(EmailAddress.parse("help@example.com"))
                .subject(LONG_SUBJECT)
                .text("纯文本 plain\r\n")
                .html("<p>网页 &amp; HTML</p>".repeat(100))
                .attachment("plain \"name\".txt", "text/plain", "附件".getBytes(StandardCharsets.UTF_8))
                .attachment(longName, "application/pdf", pdf)
                .attachment("a.bin", "application/octet-stream", new byte[0])
                .build();

        MimeMessage parsed = jakarta(message);
        assertThat(parsed.getSubject()).isEqualTo(LONG_SUBJECT);
        assertThat(((InternetAddress) parsed.getFrom()[0]).getPersonal()).isEqualTo("Dr. \"Quote\" \\ O'Neil, Jr.");
        assertThat(parsed.getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("a@example.net", "c@xn--fsqu00a.xn--fiqs8s");
        assertThat(parsed.getReplyTo()[0]).hasToString("help@example.com");
        assertThat(parsed.getSentDate().toInstant()).isEqualTo(NOW);
        MimeMultipart mixed = (MimeMultipart) parsed.getContent();
        assertThat(mixed.getCount()).isEqualTo(4);
        MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
        assertThat(alternative.getContentType()).startsWith("multipart/alternative");
        assertThat(alternative.getBodyPart(0).getContent().toString().strip()).isEqualTo("纯文本 plain");
        assertThat(alternative.getBodyPart(1).isMimeType("text/html")).isTrue();
        assertThat(alternative.getBodyPart(1).getContent()).isEqualTo("<p>网页 &amp; HTML</p>".repeat(100));
        assertThat(fileName(mixed.getBodyPart(1))).isEqualTo("plain \"name\".txt");
        assertThat(fileName(mixed.getBodyPart(2))).isEqualTo(longName);
        assertThat(mixed.getBodyPart(2).getDisposition()).isEqualTo("attachment");
        assertThat(mixed.getBodyPart(2).getInputStream().readAllBytes()).isEqualTo(pdf);
        assertThat(mixed.getBodyPart(3).getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void everythingSurvivesMime4j() throws Exception {
        String name = "报告 2026 年.pdf";
        Message message = builder()
                .from(EmailAddress.parse("news@example.com"), "鸿雁邮件推送服务".repeat(8))
                .subject(LONG_SUBJECT)
                .text("纯文本")
                .html("<p>网页</p>")
                .attachment(name, "application/pdf", new byte[] {1, 2, 3})
                .build();
        org.apache.james.mime4j.dom.Message parsed = new org.apache.james.mime4j.message.DefaultMessageBuilder()
                .parseMessage(new ByteArrayInputStream(message.bytes()));
        assertThat(parsed.getSubject()).isEqualTo(LONG_SUBJECT);
        assertThat(parsed.getFrom().get(0).getName()).isEqualTo("鸿雁邮件推送服务".repeat(8));
        var mixed = (org.apache.james.mime4j.dom.Multipart) parsed.getBody();
        var alternative = (org.apache.james.mime4j.dom.Multipart)
                mixed.getBodyParts().get(0).getBody();
        var html = (org.apache.james.mime4j.dom.TextBody)
                alternative.getBodyParts().get(1).getBody();
        assertThat(new String(html.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("<p>网页</p>");
        assertThat(mixed.getBodyParts().get(1).getFilename()).isEqualTo(name);
        var file = (org.apache.james.mime4j.dom.BinaryBody)
                mixed.getBodyParts().get(1).getBody();
        assertThat(file.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void ourOwnFromFieldPassesOurOwnGate() {
        for (String name : new String[] {
            null, "News", "鸿雁", "a, b; c: <d> (e)", "=?UTF-8?B?5oKo?=", "x".repeat(200), "😀".repeat(60)
        }) {
            Message message =
                    builder().from(EmailAddress.parse("news@example.com"), name).build();
            assertThat(message.author().displayName()).isEqualTo(name);
            assertThat(message.author().address()).hasToString("news@example.com");
        }
    }

    @Test
    void noLineIsLongerThan76AndAllIsAscii() {
        Message message = builder()
                .from(
                        EmailAddress.parse("news@example.com"),
                        "鸿雁 news ".repeat(20).strip())
                .to(Collections.nCopies(60, EmailAddress.parse("somebody.with.a.long.name@example.net")))
                .subject(LONG_SUBJECT + "plain words ".repeat(30))
                .header("X-Words", "word ".repeat(100) + "end")
                .html("x".repeat(5000) + " ".repeat(500) + "\n" + "长".repeat(100) + " \n\t\n")
                .text("=".repeat(500))
                .attachment("长".repeat(200) + ".txt", "text/plain", new byte[1000])
                .build();
        assertThat(text(message).split("\r\n"))
                .allMatch(line -> line.length() <= 76, "at most 76")
                .allMatch(line -> line.chars().allMatch(c -> c >= 32 && c < 127 || c == '\t'), "ASCII");
        assertThat(text(message)).endsWith("\r\n").doesNotContain("\r\n \r\n");
    }

    @Test
    void theSameInputGivesTheSameOctets() {
        Message first = builder().text("a").html("b").build();
        Message second = builder().text("a").html("b").build();
        assertThat(first.bytes()).isEqualTo(second.bytes());
        assertThat(text(first)).contains("boundary=\"=_seed-1_a\"");
    }

    @Test
    void aBoundaryInTheContentDoesNoHarm() throws Exception {
        String hostile = "--=_seed-1_a\n--=_seed-1_a--\n--=_seed-1_m--\n";
        Message message = builder()
                .text(hostile)
                .html(hostile)
                .attachment("a", "text/plain", hostile.getBytes(StandardCharsets.US_ASCII))
                .build();
        MimeMultipart mixed = (MimeMultipart) jakarta(message).getContent();
        assertThat(mixed.getCount()).isEqualTo(2);
        MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
        assertThat(alternative.getCount()).isEqualTo(2);
        assertThat(alternative
                        .getBodyPart(1)
                        .getContent()
                        .toString()
                        .replace("\r\n", "\n")
                        .strip())
                .isEqualTo(hostile.strip());
    }

    @Test
    void aMessageWithoutVisibleRecipientsSaysSo() {
        assertThat(builder().build().header("To").orElseThrow().unfolded()).isEqualTo("undisclosed-recipients:;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: b@example.org", "a\nb", "a\rb", "a\u0000"})
    void lineBreaksAndNulsAreRefusedInEveryField(String hostile) {
        EmailAddress address = EmailAddress.parse("a@example.com");
        refused("Subject", builder -> builder.subject(hostile));
        refused("display name", builder -> builder.from(address, hostile));
        refused("X-One", builder -> builder.header("X-One", hostile));
        refused("field name", builder -> builder.header(hostile, "x"));
        refused("file name", builder -> builder.attachment(hostile, "text/plain", new byte[0]));
        refused("content type", builder -> builder.attachment("a", "text/" + hostile, new byte[0]));
        refused("Message-ID", builder -> builder.messageId("<" + hostile + "@example.com>"));
        assertThatThrownBy(() -> new MessageBuilder(hostile)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a:b",
                "From",
                "FROM",
                "Bcc",
                "Content-Type",
                "content-anything",
                "Resent-From",
                "DKIM-Signature",
                "Received",
                "Return-Path",
                "MIME-Version",
                "名",
                "Sender"
            })
    void fieldNamesThatAreMalformedOrOursAreRefused(String name) {
        assertThatThrownBy(() -> builder().header(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a@b", "<a>", "<@b>", "<a@>", "<a b@c>", "<<a@b>>", "<a@b>x", "<a@例子>", "<a@b><c@d>"})
    void malformedMessageIdsAreRefused(String messageId) {
        assertThatThrownBy(() -> builder().messageId(messageId)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/plain",
                "text/plain; x=y",
                "a/b/c",
                "multipart/mixed",
                "message/rfc822",
                "文/本"
            })
    void contentTypesThatAreNotForFilesAreRefused(String contentType) {
        assertThatThrownBy(() -> builder().attachment("a", contentType, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLineThatCannotBeFoldedIsRefused() {
        MessageBuilder builder = builder().header("X-Token", "x".repeat(1000));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Token");
    }

    @Test
    void whatIsRequiredIsRequired() {
        assertThatThrownBy(() -> new MessageBuilder("s").build()).isInstanceOf(IllegalStateException.class);
    }

    private static void refused(String field, Consumer<MessageBuilder> use) {
        assertThatThrownBy(() -> use.accept(builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    private static MessageBuilder builder() {
        return new MessageBuilder("seed-1")
                .from(EmailAddress.parse("news@example.com"), "News")
                .date(NOW, SHANGHAI)
                .messageId("<1@example.com>");
    }

    private static MimeMessage jakarta(Message message) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message.bytes()));
    }

    private static String fileName(Part part) throws Exception {
        return MimeUtility.decodeText(part.getFileName());
    }

    private static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.UTF_8);
    }
}
