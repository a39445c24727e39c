package org.hongyan.bench;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.hongyan.mail.message.ListUnsubscribe;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.message.MessageBuilder;

/** The mail that the benchmarks work on: a verification mail of some 4 KB of HTML, half Chinese, half markup. */
final class SampleMail {

    static final Instant TIME = Instant.parse("2026-11-25T10:00:00Z");

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final NamedAddress AUTHOR = new NamedAddress("鸿雁 News", EmailAddress.parse("news@mail.example.com"));
    private static final List<EmailAddress> RECIPIENT = List.of(EmailAddress.parse("somebody@example.net"));
    private static final URI UNSUBSCRIBE =
            URI.create("https://mail.example.com/u/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz");

    static final String HTML_SOURCE = "<html><body><p>尊敬的 {{name}}：</p><p>您的验证码是 <b>{{code}}</b>。</p>"
            + "<table width=\"600\" style=\"border:0\"><tr><td>{{city}}，订单 {{order}} 已发货。</td></tr></table>".repeat(24)
            + "<p>{{sign}}</p></body></html>";

    static final Map<String, String> VALUES =
            Map.of("name", "王小明 & Co.", "code", "135790", "city", "深圳", "order", "2026-11-25-000001", "sign", "鸿雁");

    private SampleMail() {}

    static Message compose(String html, String text) {
        return new MessageBuilder("qcloudses-30-4123414323-date-20260101094334")
                .from(AUTHOR)
                .to(RECIPIENT)
                .subject("您的验证码是 135790，请在十五分钟之内使用")
                .date(TIME, SHANGHAI)
                .messageId("<4123414323.20260101094334@mail.example.com>")
                .unsubscribe(ListUnsubscribe.byLink(UNSUBSCRIBE))
                .html(html)
                .text(text)
                .build();
    }
}
