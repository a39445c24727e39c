package org.hongyan.server.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.hongyan.server.account.AccountId;
import org.springframework.util.unit.DataSize;

/** Settings and mails for the tests of the queue. */
final class TestQueues {

    private TestQueues() {}

    static QueueProperties properties() {
        return new QueueProperties(
                1000,
                DataSize.ofMegabytes(8),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(90),
                2,
                25,
                Duration.ofHours(24),
                Duration.ofHours(72));
    }

    static MailContent content(String text) {
        return new MailContent(
                new NamedAddress("News", EmailAddress.parse("news@mail.example.com")),
                List.of(EmailAddress.parse("a@b.test")),
                List.of(),
                "Subject",
                null,
                new MailContent.Body.Own(null, text),
                List.of(),
                "",
                Map.of());
    }

    static NewMail mail(long account, long domain, boolean trigger, String... recipients) {
        return NewMail.of(
                new AccountId(account),
                domain,
                trigger,
                Duration.ofHours(1),
                List.of(recipients).stream().map(EmailAddress::parse).toList(),
                content("Hello"));
    }
}
