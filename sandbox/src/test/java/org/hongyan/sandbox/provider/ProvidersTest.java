package org.hongyan.sandbox.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.SandboxSettings;
import org.hongyan.sandbox.SettableClock;
import org.hongyan.sandbox.inbox.InboxFilter;
import org.hongyan.sandbox.inbox.ReceivedMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersTest {

    private static final String MAIL = "From: news@mail.example.com\r\nSubject: Hello\r\n\r\nGood day";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.in(folder).onFreePorts(), clock);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void mailForAnybodyElseIsTakenAndKept() throws IOException {
        assertThat(deliver("li.lei@qq.com")).isEqualTo("250 2.0.0 Ok: queued as 1");
        ReceivedMail mail =
                sandbox.inbox().list(InboxFilter.all(), 0, 10).mails().getFirst();
        assertThat(mail.receipt().returnPath()).hasToString("b-1@mail.example.com");
        assertThat(mail.receipt().recipients()).containsExactly(EmailAddress.parse("li.lei@qq.com"));
        assertThat(mail.receipt().client()).isEqualTo("127.0.0.1");
        assertThat(mail.receipt().helo()).isEqualTo("mta.hongyan.test");
        assertThat(mail.receipt().encrypted()).isFalse();
        assertThat(mail.receipt().at()).isEqualTo(clock.instant());
        assertThat(new String(sandbox.inbox().raw(mail.id()).orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo(MAIL + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown@qq.com        | 550 Mailbox not found: the sandbox has no such account. https://service.mail.qq.com/ (sandbox)",
                "unknown+17@163.com    | 550 Invalid User: sandbox knows no mailbox of that name",
                "unknown-17@gmail.com  | 550 5.1.1 The email account that you tried to reach is unknown in the sandbox - gsmtp",
                "Unknown@outlook.com   | 550 5.5.0 Requested action not taken: mailbox unavailable, no such user [sandbox]",
                "unknown@yahoo.com     | 554 delivery error: dd This user doesn't have an account here - mta.sandbox.yahoo.com",
                "unknown@icloud.com    | 550 5.1.1 user does not exist in the sandbox",
                "unknown@sina.com      | 550 5.1.1 User does not exist at sandbox",
                "unknown@sohu.com      | 550 5.1.1 USER UNKNOWN sandbox",
                "unknown@aliyun.com    | 550 5.1.1 Mailbox not exist, sandbox account cannot be found",
                "unknown@company.example | 550 5.1.1 No such user here",
                "anybody@unknown.test  | 550 5.1.1 No such user here",
                "disabled@qq.com       | 550 This is a deactivated mailbox, the owner has left it. (sandbox)",
                "x@disabled.test       | 550 5.2.1 This mailbox is disabled",
                "full@126.com          | 552 Quota exceeded: the mailbox is full (sandbox)",
                "x@full.test           | 552 5.2.2 Mailbox full, over quota",
                "policy@hotmail.com    | 550 5.7.1 Access denied by the recipient's safe senders policy [sandbox]",
                "x@policy.test         | 550 5.7.1 Refused by the recipient's policy",
                "blocked@icloud.com    | 550 5.7.1 [IP01] Mail from the IP was rejected due to a listing in a blocklist of the sandbox",
                "x@blocked.test        | 554 5.7.1 Client host blocked: the IP address is on a blocklist",
            })
    void aRecipientThatIsRefusedIsRefusedAtRcptInItsProvidersWords(String recipient, String reply) throws IOException {
        try (SmtpTestClient client = greeted()) {
            assertThat(client.say("MAIL FROM:<b-1@mail.example.com>")).isEqualTo("250 2.1.0 Sender ok");
            assertThat(client.say("RCPT TO:<" + recipient + ">")).isEqualTo(reply);
        }
        assertThat(sandbox.inbox().list(InboxFilter.all(), 0, 10).total()).isZero();
        assertThat(sandbox.providers().recentAttempts())
                .singleElement()
                .matches(attempt -> attempt.answer().equals(reply));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spam@qq.com      | 550 Mail content denied, it looks like spam. https://service.mail.qq.com/ (sandbox)",
                "spam+2@gmail.com | 550 5.7.1 The sandbox has found this message likely to be unsolicited mail - gsmtp",
                "x@spam.test      | 550 5.7.1 Message content rejected as spam",
            })
    void spamIsRefusedAfterItsContent(String recipient, String reply) throws IOException {
        try (SmtpTestClient client = greeted()) {
            client.say("MAIL FROM:<b-1@mail.example.com>");
            assertThat(client.say("RCPT TO:<" + recipient + ">")).isEqualTo("250 2.1.5 Recipient ok");
            assertThat(client.say("DATA")).startsWith("354");
            assertThat(client.say(MAIL + "\r\n.")).isEqualTo(reply);
        }
        assertThat(sandbox.inbox().list(InboxFilter.all(), 0, 10).total()).isZero();
    }

    @Test
    void aGreylistedPairIsTakenOnceItsTimeIsOver() throws IOException {
        assertThat(deliver("grey@163.com")).isEqualTo("451 Greylisted by sandbox, please try again");
        clock.pass(Duration.ofSeconds(9));
        assertThat(deliver("grey@163.com")).startsWith("451 ");
        clock.pass(Duration.ofSeconds(1));
        assertThat(deliver("grey@163.com")).startsWith("250 ");
        assertThat(deliver("b-2@mail.example.com", "grey@163.com")).startsWith("451 ");
    }

    @Test
    void aDeferringServerTakesTheThirdTry() throws IOException {
        assertThat(deliver("defer@gmail.com"))
                .isEqualTo("451 4.3.0 The sandbox mail server temporarily rejected this message - gsmtp");
        assertThat(deliver("defer@gmail.com")).startsWith("451 ");
        assertThat(deliver("defer@gmail.com")).startsWith("250 ");
        assertThat(deliver("defer@gmail.com")).startsWith("451 ");
    }

    @Test
    void aRateIsCountedForEachAddressByItsLocalPartAndForAllOfADomain() throws IOException {
        assertThat(deliver("ratelimit@qq.com")).isEqualTo("450 Sender frequency limited, come back later. (sandbox)");
        clock.pass(Duration.ofSeconds(1));
        assertThat(deliver("ratelimit@qq.com")).startsWith("250 ");
        assertThat(deliver("ratelimit@qq.com")).startsWith("450 ");
        assertThat(deliver("a@ratelimit.test")).isEqualTo("450 4.7.1 Rate limit exceeded, slow down");
        clock.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 10; i++) {
            assertThat(deliver("user" + i + "@ratelimit.test")).startsWith("250 ");
        }
        assertThat(deliver("user11@ratelimit.test")).startsWith("450 ");
    }

    @Test
    void gmailEndsTheConnectionOfWhoeverIsTooFast() throws IOException {
        try (SmtpTestClient client = greeted()) {
            client.say("MAIL FROM:<b-1@mail.example.com>");
            assertThat(client.say("RCPT TO:<ratelimit@gmail.com>"))
                    .isEqualTo("421 4.7.28 The sandbox sees an unusual rate of mail and has rate limited it - gsmtp");
            assertThat(client.say("NOOP")).isEmpty();
        }
    }

    @Test
    void aDroppedConnectionEndsWithoutAReplyAndWithoutAMail() throws IOException {
        assertThat(deliver("drop@qq.com")).isEmpty();
        sandbox.providers().setBehaviour("*@qq.com", new Behaviour.DropConnection(Behaviour.Stage.RCPT));
        assertThat(deliver("li@qq.com")).isEmpty();
        sandbox.providers().setBehaviour("*", new Behaviour.DropConnection(Behaviour.Stage.MAIL));
        assertThat(deliver("li@163.com")).isEmpty();
        sandbox.providers().setBehaviour("*", new Behaviour.DropConnection(Behaviour.Stage.CONNECT));
        try (SmtpTestClient client = new SmtpTestClient(sandbox.smtpPort())) {
            assertThat(client.greeting()).isEmpty();
        }
        assertThat(sandbox.inbox().list(InboxFilter.all(), 0, 10).total()).isZero();
        assertThat(sandbox.providers().recentAttempts())
                .extracting(Attempt::answer)
                .containsExactly("connection cut after the content", "connection cut at RCPT");
    }

    @Test
    void aConnectionIsGreetedWithTheRefusalThatWasSet() throws IOException {
        sandbox.providers().setBehaviour("*", new Behaviour.RejectConnection(Reply.of(554, "No mail service here")));
        try (SmtpTestClient client = new SmtpTestClient(sandbox.smtpPort())) {
            assertThat(client.greeting()).isEqualTo("554 No mail service here");
        }
        sandbox.providers().clearBehaviours();
        assertThat(deliver("li@qq.com")).startsWith("250 ");
    }

    @Test
    void aSlowServerTakesItsTimeAtRcptAndAfterTheContent() throws IOException {
        sandbox.providers().setBehaviour("li@qq.com", new Behaviour.Slow(Duration.ofMillis(120)));
        long start = System.nanoTime();
        assertThat(deliver("li@qq.com")).startsWith("250 ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(230));
        assertThat(sandbox.providers().behaviourFor(EmailAddress.parse("slow@qq.com")))
                .isEqualTo(new Behaviour.Slow(Duration.ofSeconds(3)));
    }

    @Test
    void theMostParticularPatternCountsAndOutweighsTheLocalPart() throws IOException {
        Providers providers = sandbox.providers();
        providers.setBehaviour("qq.com", new Behaviour.RejectRcpt(Reply.of(550, "5.7.1", "all of qq.com")));
        providers.setBehaviour("vip*@qq.com", new Behaviour.RejectRcpt(Reply.of(450, "4.7.1", "vips")));
        providers.setBehaviour("unknown@qq.com", new Behaviour.Accept());
        assertThat(deliver("li@qq.com")).isEqualTo("550 5.7.1 all of qq.com");
        assertThat(deliver("vip7@qq.com")).isEqualTo("450 4.7.1 vips");
        assertThat(deliver("unknown@qq.com")).startsWith("250 ");
        assertThat(deliver("li@163.com")).startsWith("250 ");
        assertThat(providers.behaviours()).containsOnlyKeys("*@qq.com", "vip*@qq.com", "unknown@qq.com");
        assertThat(providers.clearBehaviour("@QQ.com")).isTrue();
        assertThat(providers.clearBehaviour("@QQ.com")).isFalse();
        assertThat(deliver("li@qq.com")).startsWith("250 ");
    }

    @Test
    void setBehavioursAndPublishedRecordsAndMailSurviveARestart() throws IOException {
        sandbox.providers().setBehaviour("qq.com", BehaviourText.parse("mix 50 open 2s; 10 complain 3s"));
        sandbox.providers().setBehaviour("*@163.com", new Behaviour.RejectData(Reply.of(554, "5.7.1", "no")));
        deliver("li@126.com");
        sandbox.dns().publish(org.hongyan.sandbox.dns.DnsRecord.txt("example.org", "x"));
        stop();
        start();
        assertThat(sandbox.providers().behaviours())
                .containsEntry("*@qq.com", BehaviourText.parse("mix 50 open 2s; 10 complain 3s"))
                .hasSize(2);
        assertThat(deliver("li@163.com")).isEqualTo("554 5.7.1 no");
        assertThat(sandbox.inbox().list(InboxFilter.all(), 0, 10).total()).isEqualTo(1);
        assertThat(sandbox.dns().records()).hasSize(1);
    }

    @Test
    void aMixtureSplitsRecipientsByTheirAddressAndAlwaysAlike() {
        Behaviour.Open open = new Behaviour.Open(Duration.ZERO);
        sandbox.providers().setBehaviour("qq.com", new Behaviour.Mixture(List.of(new Behaviour.Share(30, open))));
        int opened = 0;
        for (int i = 0; i < 2_000; i++) {
            EmailAddress address = EmailAddress.parse("user" + i + "@qq.com");
            Behaviour behaviour = sandbox.providers().behaviourFor(address);
            assertThat(sandbox.providers().behaviourFor(address)).isEqualTo(behaviour);
            opened += behaviour.equals(open) ? 1 : 0;
        }
        assertThat(opened).isBetween(500, 700);
    }

    @Test
    void whatHappensBeforeARecipientIsNamedCanOnlyBeSetForEverybody() {
        assertThatThrownBy(() -> sandbox.providers()
                        .setBehaviour("qq.com", new Behaviour.DropConnection(Behaviour.Stage.CONNECT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set it for *");
        assertThatThrownBy(() -> sandbox.providers().setBehaviour("two@at@signs", new Behaviour.Accept()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sandbox.providers().behaviours()).isEmpty();
    }

    @Test
    void startTlsIsOfferedWithACertificateForTheExchangers() throws Exception {
        try (SmtpTestClient client = new SmtpTestClient(sandbox.smtpPort())) {
            assertThat(client.say("EHLO mta.hongyan.test")).contains("STARTTLS");
            assertThat(client.startTls()).startsWith("220 ");
            Set<Object> names = new HashSet<>();
            client.certificate().getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
            assertThat(names).contains("mx1.qq.com", "gmail-smtp-in.l.google.com");
            client.say("EHLO mta.hongyan.test");
            assertThat(client.deliver("b-1@mail.example.com", "li@qq.com", MAIL))
                    .startsWith("250 ");
        }
        assertThat(sandbox.inbox()
                        .list(InboxFilter.all(), 0, 10)
                        .mails()
                        .getFirst()
                        .receipt()
                        .encrypted())
                .isTrue();
    }

    @Test
    void withoutStartTlsThePortIsPlain() throws IOException {
        stop();
        SandboxSettings settings = SandboxSettings.in(folder).onFreePorts();
        SandboxSettings.Ports ports = settings.ports();
        sandbox = Sandbox.start(settings.with(new SandboxSettings.Ports(ports.dns(), ports.smtp(), false)), clock);
        try (SmtpTestClient client = new SmtpTestClient(sandbox.smtpPort())) {
            assertThat(client.say("EHLO mta.hongyan.test")).doesNotContain("STARTTLS");
        }
    }

    @Test
    void theSinkAndTheCountingModeKeepNoMail() throws IOException {
        String probe = "X-Probe: p-1\r\n" + MAIL;
        try (SmtpTestClient client = greeted()) {
            assertThat(client.deliver("b-1@mail.example.com", "m1@sink.test", probe))
                    .isEqualTo("250 2.0.0 Ok: queued as unkept");
            sandbox.inbox().countOnly(true);
            assertThat(client.deliver("b-1@mail.example.com", "li@qq.com", probe))
                    .startsWith("250 ");
            sandbox.inbox().countOnly(false);
        }
        assertThat(sandbox.inbox().list(InboxFilter.all(), 0, 10).total()).isZero();
        assertThat(sandbox.inbox().probes()).containsEntry("p-1", 2L);
        assertThat(sandbox.inbox().counts().byDomain())
                .containsEntry("sink.test", 1L)
                .containsEntry("qq.com", 1L);
    }

    @Test
    void manyRecipientsOfOneTransactionAreOneMail() throws IOException {
        try (SmtpTestClient client = greeted()) {
            client.say("MAIL FROM:<b-1@mail.example.com>");
            client.say("RCPT TO:<a@qq.com>");
            assertThat(client.say("RCPT TO:<unknown@qq.com>")).startsWith("550 ");
            client.say("RCPT TO:<b@163.com>");
            client.say("RCPT TO:<c@sink.test>");
            client.say("DATA");
            assertThat(client.say(MAIL + "\r\n.")).startsWith("250 ");
        }
        ReceivedMail mail =
                sandbox.inbox().list(InboxFilter.all(), 0, 10).mails().getFirst();
        assertThat(mail.receipt().recipients()).hasToString("[a@qq.com, b@163.com]");
    }

    @Test
    void aPortThatIsTakenIsSaidAndNothingStaysOpen() {
        SandboxSettings taken = SandboxSettings.in(folder.resolve("second"))
                .onFreePorts()
                .with(new SandboxSettings.Ports(
                        new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
                        sandbox.providers().address(),
                        true));
        assertThatThrownBy(() -> Sandbox.start(taken, clock)).isInstanceOf(java.io.UncheckedIOException.class);
        SandboxSettings.Ports ports = new SandboxSettings.Ports(
                sandbox.dnsAddress(),
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
                true);
        assertThatThrownBy(() -> Sandbox.start(taken.with(ports), clock))
                .isInstanceOf(java.io.UncheckedIOException.class)
                .hasMessageContaining("DNS port " + sandbox.dnsAddress().getPort());
    }

    private SmtpTestClient greeted() throws IOException {
        SmtpTestClient client = new SmtpTestClient(sandbox.smtpPort());
        client.say("EHLO mta.hongyan.test");
        return client;
    }

    private String deliver(String recipient) throws IOException {
        return deliver("b-1@mail.example.com", recipient);
    }

    private String deliver(String returnPath, String recipient) throws IOException {
        try (SmtpTestClient client = greeted()) {
            return client.deliver(returnPath, recipient, MAIL);
        }
    }
}
