package org.hongyan.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SevenBitPropertyTest {

    private static final String MIXED = """
            From: a@example.com
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="b 1"
            Content-Transfer-Encoding: 8bit

            preamble
            --b 1
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit
            X-Kept: yes

            鸿雁传书

            --b 1
            Content-Type: multipart/alternative; boundary=b2

            --b2

            ascii only = untouched\t
            --b2
            Content-Type: text/html; charset=utf-8

            <p>é</p> LONG
            --b2--
            --b 1
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: text/plain; charset=utf-8

            内信
            --b 1
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            BASE64
            --b 1--
            epilogue
            """.replace("LONG", "x".repeat(1200)).replace("BASE64", "QUJD".repeat(400));

    @Test
    void whatIsSevenBitIsTheSameObject() {
        Message message = message("From: é\n\nascii\n" + "x".repeat(998) + "\n");
        assertThat(message.isSevenBit()).isTrue();
        assertThat(message.inSevenBits()).isSameAs(message);
    }

    @Test
    void onlyThePartsThatNeedItAreEncodedAndTheyMeanTheSame() throws Exception {
        Message message = message(MIXED);
        assertThat(message.isSevenBit()).isFalse();
        Message converted = message.inSevenBits();
        assertThat(converted.isSevenBit()).isTrue();
        assertThat(converted.inSevenBits()).isSameAs(converted);
        String text = text(converted);
        assertThat(text)
                .contains("\r\n\r\nascii only = untouched\t\r\n--b2\r\n")
                .contains("Content-Transfer-Encoding: 7bit\r\n\r\npreamble\r\n--b 1\r\n")
                .contains("X-Kept: yes\r\n\r\n6bi/6ZuB5Lyg5LmmDQo=\r\n--b 1\r\n")
                .endsWith("\r\n--b 1--\r\nepilogue\r\n");

        Multipart before = (Multipart) jakarta(message).getContent();
        Multipart after = (Multipart) jakarta(converted).getContent();
        assertThat(after.getCount()).isEqualTo(4);
        assertThat(after.getBodyPart(0).getContent())
                .isEqualTo(before.getBodyPart(0).getContent());
        Multipart alternative = (Multipart) after.getBodyPart(1).getContent();
        assertThat(alternative.getBodyPart(1).getContent()).isEqualTo("<p>é</p> " + "x".repeat(1200));
        MimeMessage inner = (MimeMessage) after.getBodyPart(2).getContent();
        assertThat(inner.getSubject()).isEqualTo("inner");
        assertThat(inner.getContent().toString().strip()).isEqualTo("内信");
        assertThat(after.getBodyPart(3).getInputStream().readAllBytes())
                .isEqualTo("ABC".repeat(400).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aMessageOfBeforeMimeGetsItsFields() throws Exception {
        Message converted = message("Subject: x\n\n鸿雁\n").inSevenBits();
        assertThat(jakarta(converted).getContent().toString().strip()).isEqualTo("鸿雁");
        assertThat(text(converted))
                .startsWith("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n");
        Message gbk = Message.ofCanonical("Subject: x\r\n\r\n鸿雁\r\n".getBytes(Charset.forName("GBK")));
        assertThat(text(gbk.inSevenBits())).contains("charset=unknown-8bit");
    }

    @Test
    void headersStayAsTheyAreWhateverTheirCharset() {
        byte[] bytes = "Subject : 鸿雁\r\nMIME-Version: 1.0\r\nnonsense\r\n\r\n鸿雁\r\n".getBytes(Charset.forName("GBK"));
        String converted = new String(Message.ofCanonical(bytes).inSevenBits().bytes(), Charset.forName("GBK"));
        assertThat(converted)
                .isEqualTo("Subject : 鸿雁\r\nMIME-Version: 1.0\r\nnonsense\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getEncoder().encodeToString("鸿雁\r\n".getBytes(Charset.forName("GBK")))
                        + "\r\n");
    }

    @Test
    void signedContentIsNotTouched() {
        Message signed = message("""
                Content-Type: multipart/signed; boundary=s

                --s

                é
                --s--
                """);
        assertThat(signed.inSevenBits().bytes()).isEqualTo(signed.bytes());
    }

    @Test
    void endlessNestingEnds() {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        Message message = message(nested + "\né\n");
        assertThat(message.inSevenBits().bytes()).isEqualTo(message.bytes());
        Message wide = message("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\né\n".repeat(3000) + "--b--\n");
        assertThat(wide.inSevenBits().bytes()).isNotEqualTo(wide.bytes());
    }

    @Property(tries = 5000)
    void anyMimeSurvivesConversion(@ForAll("mimes") String text) {
        Message message = Message.normalised(text.getBytes(StandardCharsets.UTF_8));
        Message once = message.inSevenBits();
        assertThat(Message.normalised(once.bytes()).bytes()).isEqualTo(once.bytes());
        assertThat(once.inSevenBits().bytes()).isEqualTo(once.bytes());
    }

    @Provide
    Arbitrary<String> mimes() {
        return Arbitraries.of(
                        "Content-Type: multipart/mixed; boundary=b\n",
                        "Content-Type: multipart/digest; boundary=\"c\"\n",
                        "Content-Type: message/rfc822\n",
                        "Content-Type: text/plain\n",
                        "Content-Type: application/x\n",
                        "Content-Transfer-Encoding: 8bit\n",
                        "Content-Transfer-Encoding: base64\n",
                        "Content-Transfer-Encoding: quoted-printable\n",
                        "\n",
                        "\n",
                        "--b\n",
                        "--b--\n",
                        "--c\n",
                        "--c--\n",
                        " ",
                        "é",
                        "a\n",
                        "y".repeat(1100))
                .list()
                .ofMinSize(0)
                .ofMaxSize(20)
                .map(pieces -> String.join("", pieces));
    }

    private static MimeMessage jakarta(Message message) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message.bytes()));
    }

    private static Message message(String text) {
        return Message.normalised(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.UTF_8);
    }
}
