package org.hongyan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dkim.DkimKey;
import org.hongyan.mail.dkim.DkimSigner;
import org.hongyan.mail.dns.DnsJavaResolver;
import org.hongyan.mail.dns.DnsSettings;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.relay.AddressGuard;
import org.hongyan.mail.relay.DeliveryOutcome;
import org.hongyan.mail.relay.Relay;
import org.hongyan.mail.relay.RelaySettings;
import org.hongyan.mail.report.BounceCategory;
import org.hongyan.mail.report.BounceClassifier;
import org.hongyan.mail.smtp.Envelope;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.dns.PretendInternet;
import org.hongyan.sandbox.inbox.InboxFilter;
import org.hongyan.sandbox.inbox.ReceivedMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine's own resolver and relay, pointed at the sandbox by a DNS server and a port and by nothing else. */
class EngineThroughSandboxTest {

    private static final DkimKey KEY = DkimKey.generateRsa2048();

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Sandbox sandbox;
    private Relay relay;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxSettings.in(folder).onFreePorts(), clock);
        sandbox.dns()
                .publishAll(List.of(
                        DnsRecord.mx("mail.example.com", 10, "bounce.hongyan.test"),
                        DnsRecord.txt("mail.example.com", "v=spf1 include:spf.hongyan.test ~all"),
                        DnsRecord.txt("s1._domainkey.mail.example.com", KEY.dnsRecord()),
                        DnsRecord.txt("_dmarc.mail.example.com", "v=DMARC1; p=none")));
        DnsSettings dns = DnsSettings.asking(List.of(sandbox.dnsAddress())).within(Duration.ofMillis(300), 1);
        relay = new Relay(
                RelaySettings.of(new DomainName("mta.hongyan.test"))
                        .toPort(sandbox.smtpPort())
                        .guardedBy(AddressGuard.allowing(List.of("127.0.0.0/8"))),
                new DnsJavaResolver(dns, clock),
                // The pacer waits for time to pass, which a clock that stands still never does.
                java.time.InstantSource.system());
    }

    @AfterEach
    void stop() {
        relay.close();
        sandbox.close();
    }

    @Test
    void aSignedMailArrivesOverTlsWithAllVerdictsPassing() {
        assertThat(attempt("li.lei@qq.com")).isInstanceOf(DeliveryOutcome.Delivered.class);
        ReceivedMail mail =
                sandbox.inbox().list(InboxFilter.all(), 0, 10).mails().getFirst();
        assertThat(mail.verdicts().allPassed()).as("%s", mail.verdicts()).isTrue();
        assertThat(mail.receipt().encrypted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "li@nomx.test, Delivered",
        "li@secondmx.test, Delivered",
        "li@customer-9.bulk.test, Delivered",
        "li@sink.test, Delivered",
        "li@nullmx.test, Bounced",
        "li@nowhere.test, Bounced",
        "li@nomail.test, Bounced",
        "li@servfail.test, Deferred",
        "li@refused.test, Deferred",
        "li@timeout.test, Deferred",
        "li@deadmx.test, Deferred",
        "drop@qq.com, Deferred",
        "grey@163.com, Deferred",
        "ratelimit@gmail.com, Deferred",
        "defer@yahoo.com, Deferred",
        "unknown@qq.com, Bounced",
        "spam@icloud.com, Bounced",
        "full@aliyun.com, Bounced",
    })
    void everyKindOfRecipientComesToTheOutcomeThatItsNamePromises(String recipient, String outcome) {
        assertThat(attempt(recipient).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void theEngineUnderstandsTheRefusalsOfEveryProvider() {
        BounceClassifier classifier = BounceClassifier.standard();
        List<String> misunderstood = new ArrayList<>();
        for (String domain : PretendInternet.providerDomains()) {
            for (Expected expected : Expected.values()) {
                DeliveryOutcome outcome = attempt(expected.localPart + "@" + domain);
                DeliveryOutcome.Attempt attempt = outcome.attempt();
                BounceCategory category = classifier
                        .classify(String.valueOf(attempt.host()), attempt.reply())
                        .category();
                if (category != expected.category) {
                    misunderstood.add(
                            domain + " " + attempt.host() + ": " + attempt.reply() + " is taken for " + category);
                }
            }
        }
        assertThat(misunderstood).isEmpty();
    }

    private enum Expected {
        UNKNOWN("unknown", BounceCategory.INVALID_ADDRESS),
        DISABLED("disabled", BounceCategory.INVALID_ADDRESS),
        FULL("full", BounceCategory.MAILBOX_FULL),
        SPAM("spam", BounceCategory.SPAM_REJECTED),
        GREY("grey", BounceCategory.TEMPORARY);

        private final String localPart;
        private final BounceCategory category;

        Expected(String localPart, BounceCategory category) {
            this.localPart = localPart;
            this.category = category;
        }
    }

    private DeliveryOutcome attempt(String recipient) {
        Envelope envelope =
                new Envelope(ReversePath.parse("b-1@mail.example.com"), List.of(EmailAddress.parse(recipient)));
        Message mail = Message.ofCanonical("""
                From: news@mail.example.com
                To: li@qq.com
                Subject: hello
                Date: Wed, 25 Nov 2026 08:00:00 +0000
                Message-ID: <1@mail.example.com>

                Good day
                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        Message signed = new DkimSigner(new DomainName("mail.example.com"), "s1", KEY).sign(mail, clock.instant());
        return relay.attempt(envelope, signed).getFirst();
    }
}
