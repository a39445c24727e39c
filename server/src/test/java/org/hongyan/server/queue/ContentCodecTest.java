package org.hongyan.server.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.junit.jupiter.api.Test;

class ContentCodecTest {

    @Test
    void templatedContentWithEveryPartComesBackAsItWas() {
        MailContent content = new MailContent(
                new NamedAddress("新闻", EmailAddress.parse("news@mail.example.com")),
                List.of(EmailAddress.parse("a@b.test"), EmailAddress.parse("c@d.test")),
                List.of(EmailAddress.parse("e@f.test")),
                "订单 {{id}} 😀",
                EmailAddress.parse("reply@mail.example.com"),
                new MailContent.Body.Template(42, Map.of("id", "7", "name", "李")),
                List.of(),
                "zh-CN",
                Map.of("X-Campaign", "spring"));
        assertThat(ContentCodec.decode(ContentCodec.encode(content))).isEqualTo(content);
        assertThat(content.personal()).isTrue();
    }

    @Test
    void aLongMessageIsStoredSmallerAndComesBackOctetForOctet() {
        byte[] message = "Subject: x\r\n\r\nThe same line again and again.\r\n"
                .repeat(500)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] file = {0, 1, 2, (byte) 0xff};
        MailContent content = new MailContent(
                new NamedAddress(null, EmailAddress.parse("news@mail.example.com")),
                List.of(),
                List.of(),
                null,
                null,
                new MailContent.Body.Whole(message),
                List.of(new MailContent.File("a.pdf", "application/pdf", file)),
                "",
                Map.of());
        byte[] stored = ContentCodec.encode(content);
        assertThat(stored).hasSizeLessThan(message.length / 4);
        MailContent back = ContentCodec.decode(stored);
        assertThat(((MailContent.Body.Whole) back.body()).message()).isEqualTo(message);
        assertThat(back.files().getFirst().content()).isEqualTo(file);
    }
}
