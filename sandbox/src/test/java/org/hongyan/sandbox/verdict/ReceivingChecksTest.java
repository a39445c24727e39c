package org.hongyan.sandbox.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dkim.DkimKey;
import org.hongyan.mail.dkim.DkimSigner;
import org.hongyan.mail.message.Message;
import org.hongyan.sandbox.dns.DnsFault;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.dns.OperatorNames;
import org.hongyan.sandbox.dns.PretendDns;
import org.hongyan.sandbox.dns.PretendInternet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivingChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
    private static final DkimKey KEY = DkimKey.generateRsa2048();

    @TempDir
    Path folder;

    private PretendDns dns;
    private ReceivingChecks checks;

    @BeforeEach
    void publishADomain() {
        dns = PretendDns.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.resolve("records.zone"),
                PretendInternet.records(OperatorNames.defaults()));
        dns.publish(DnsRecord.mx("mail.example.com", 10, "bounce.hongyan.test"));
        dns.publish(DnsRecord.txt("mail.example.com", "v=spf1 include:spf.hongyan.test ~all"));
        dns.publish(DnsRecord.txt("s1._domainkey.mail.example.com", KEY.dnsRecord()));
        dns.publish(DnsRecord.txt("_dmarc.mail.example.com", "v=DMARC1; p=quarantine"));
        checks = new ReceivingChecks(dns.resolver());
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void aSignedMailFromAWellPublishedDomainPassesAll() {
        Verdicts verdicts = judge("127.0.0.1", "b-1@mail.example.com", signed(mailFrom("news@mail.example.com")));
        assertThat(verdicts.spf())
                .isEqualTo(new SpfVerdict(
                        SpfResult.PASS, "mail.example.com", "mail.example.com has include:spf.hongyan.test"));
        assertThat(verdicts.dkim())
                .singleElement()
                .satisfies(dkim ->
                        assertThat(dkim.domain() + " " + dkim.selector()).isEqualTo("mail.example.com s1"))
                .satisfies(dkim -> assertThat(dkim.result()).isEqualTo(DkimVerdict.Result.PASS));
        assertThat(verdicts.dmarc())
                .isEqualTo(new DmarcVerdict(
                        DmarcResult.PASS, "mail.example.com", "quarantine", "DKIM passed for mail.example.com"));
        assertThat(verdicts.allPassed()).isTrue();
        assertThat(verdicts.dkimSummary()).isEqualTo("pass");
    }

    @Test
    void aChangedBodyBreaksTheSignatureAndSpfAloneCarriesDmarc() {
        Message signed = signed(mailFrom("news@mail.example.com"));
        byte[] changed = signed.bytes().clone();
        changed[changed.length - 4] ^= 1;
        Verdicts verdicts = judge("127.0.0.1", "b-1@mail.example.com", Message.ofCanonical(changed));
        assertThat(verdicts.dkimSummary()).isEqualTo("fail");
        assertThat(verdicts.dmarc().reason()).isEqualTo("SPF passed for mail.example.com");
        assertThat(verdicts.allPassed()).isFalse();
    }

    @Test
    void aForeignClientWithoutASignatureFailsDmarc() {
        Verdicts verdicts = judge("192.0.2.9", "b-1@mail.example.com", mailFrom("news@mail.example.com"));
        assertThat(verdicts.spf().result()).isEqualTo(SpfResult.SOFTFAIL);
        assertThat(verdicts.dkimSummary()).isEqualTo("none");
        assertThat(verdicts.dmarc().result()).isEqualTo(DmarcResult.FAIL);
    }

    @Test
    void aDnsThatDoesNotAnswerIsATemporaryErrorAndNeverAFailure() {
        dns.fail("mail.example.com", new DnsFault.ServerFailure());
        dns.fail("s1._domainkey.mail.example.com", new DnsFault.Silence());
        Message signed = signed(mailFrom("news@mail.example.com"));
        Verdicts verdicts = judge("127.0.0.1", "b-1@mail.example.com", signed);
        assertThat(verdicts.spf().result()).isEqualTo(SpfResult.TEMPERROR);
        assertThat(verdicts.dkimSummary()).isEqualTo("temperror");
        assertThat(verdicts.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
        dns.fail("_dmarc.mail.example.com", new DnsFault.ServerFailure());
        assertThat(judge("127.0.0.1", "b-1@mail.example.com", signed).dmarc().policy())
                .isEmpty();
    }

    @Test
    void theNullPathIsJudgedByTheEhloName() {
        Verdicts verdicts = checks.judge(
                loopback(), new ReversePath.NullPath(), "bounce.hongyan.test", mailFrom("x@mail.example.com"), NOW);
        assertThat(verdicts.spf())
                .isEqualTo(new SpfVerdict(SpfResult.PASS, "bounce.hongyan.test", "bounce.hongyan.test has a"));
        assertThat(verdicts.dmarc().result()).isEqualTo(DmarcResult.FAIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // author              | SPF passes for          | policy record                            | result |
                // policy
                "a@mail.example.com    | mail.example.com        | v=DMARC1; p=none                         | pass   | none",
                "a@mail.example.com    | bounce.mail.example.com | v=DMARC1; p=reject                       | pass   | reject",
                "a@mail.example.com    | bounce.mail.example.com | v=DMARC1; p=reject; aspf=s               | fail   | reject",
                "a@mail.example.com    | other.example.org       | v=DMARC1; p=reject                       | fail   | reject",
                "a@mail.example.com    | example.com             | v=DMARC1;p=none;aspf=r                   | pass   | none",
                "a@mail.example.com    | mail.example.com        | V=dmarc1; p=none                         | none   | ''",
                "a@mail.example.com    | mail.example.com        | v=DMARC1                                 | none   | ''",
                "a@mail.example.com    | mail.example.com        | v=DMARC1; rua=mailto:d@example.com       | pass   | none",
                "a@mail.example.com    | mail.example.com        | v=DMARC1; p=bogus                        | none   | ''",
                "'\"a, b\" <a@mail.example.com>' | mail.example.com | v=DMARC1; p=none                      | pass   | none",
                "'a@mail.example.com, b@evil.example' | mail.example.com | v=DMARC1; p=none                 | permerror | ''",
                "'no address at all'   | mail.example.com        | v=DMARC1; p=none                         | permerror | ''",
            })
    void dmarcHoldsTheAuthorAgainstWhatPassed(
            String author, String spfDomain, String record, String result, String policy) {
        dns.replace(
                "_dmarc.mail.example.com",
                DnsRecord.Type.TXT,
                java.util.List.of(DnsRecord.txt("_dmarc.mail.example.com", record)));
        DmarcVerdict verdict = new DmarcCheck(dns.resolver())
                .check(
                        mailFrom(author).headerFields(),
                        new SpfVerdict(SpfResult.PASS, spfDomain, ""),
                        java.util.List.of());
        assertThat(verdict.result().wireName()).isEqualTo(result);
        assertThat(verdict.policy()).isEqualTo(policy);
    }

    @Test
    void aSubdomainInheritsThePolicyOfItsOrganisation() {
        dns.remove("_dmarc.mail.example.com", DnsRecord.Type.TXT);
        dns.publish(DnsRecord.txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=quarantine"));
        DmarcVerdict verdict = judge("127.0.0.1", "b-1@mail.example.com", mailFrom("a@mail.example.com"))
                .dmarc();
        assertThat(verdict.result()).isEqualTo(DmarcResult.PASS);
        assertThat(verdict.policy()).isEqualTo("quarantine");
    }

    @Test
    void twoPoliciesAreNone() {
        dns.publish(DnsRecord.txt("_dmarc.mail.example.com", "v=DMARC1; p=reject"));
        assertThat(judge("127.0.0.1", "b-1@mail.example.com", mailFrom("a@mail.example.com"))
                        .dmarc()
                        .reason())
                .isEqualTo("several policies at _dmarc.mail.example.com");
    }

    @Test
    void anAuthorWhoseDomainIsNoHostNameIsNoBug() {
        for (String author : new String[] {"a@1.2.3.4", "a@[127.0.0.1]", "a@x.123", "a@-", "a@" + "x".repeat(300)}) {
            assertThat(judge("127.0.0.1", "b-1@mail.example.com", mailFrom(author))
                            .dmarc()
                            .passed())
                    .as(author)
                    .isFalse();
        }
    }

    private Verdicts judge(String client, String returnPath, Message message) {
        try {
            return checks.judge(
                    InetAddress.getByName(client), ReversePath.parse(returnPath), "mta.hongyan.test", message, NOW);
        } catch (java.net.UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static Message signed(Message message) {
        return new DkimSigner(new DomainName("mail.example.com"), "s1", KEY).sign(message, NOW);
    }

    private static Message mailFrom(String author) {
        return Message.ofCanonical(("From: " + author + "\r\nTo: li@qq.com\r\nSubject: hello\r\n"
                        + "Date: Wed, 25 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@mail.example.com>\r\n\r\nGood day\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}
