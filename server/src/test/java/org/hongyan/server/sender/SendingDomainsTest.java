package org.hongyan.server.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hongyan.server.account.TestAccounts.done;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dkim.DkimResult;
import org.hongyan.mail.dkim.DkimVerifier;
import org.hongyan.mail.message.Message;
import org.hongyan.sandbox.dns.DnsFault;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.account.TestAccounts;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendingDomainsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final SettableClock CLOCK = new SettableClock();
    private static final TestSenders SENDERS = TestSenders.on(DATABASE, CLOCK);
    private static final SendingDomains DOMAINS = SENDERS.domains;

    private static long accounts = 1000;

    private final AccountId account = new AccountId(accounts++);
    private final AccountId other = new AccountId(accounts++);

    /** A name that no other test uses. */
    private final String name = "mail.acme" + account + ".test";

    @AfterAll
    static void stop() {
        SENDERS.close();
    }

    @BeforeEach
    void clearNews() {
        SENDERS.events.clear();
    }

    @Test
    void aNewDomainWaitsAndSaysWhatIsWanted() {
        DomainReport report = done(DOMAINS.create(account, name));
        assertThat(report.domain().state()).isEqualTo(DomainState.PENDING);
        assertThat(report.domain().nextCheckAt()).isEqualTo(CLOCK.instant().plus(Duration.ofMinutes(5)));
        assertThat(report.records()).extracting(DnsRecordCheck::kind).containsExactly(RecordKind.values());
        assertThat(report.records())
                .extracting(record -> record.host().ascii())
                .containsExactly(name, name, "hy1._domainkey." + name, "_dmarc." + name);
        assertThat(report.records()).extracting(DnsRecordCheck::status).containsOnly(RecordStatus.UNCHECKED);
        assertThat(report.records().get(0).expected()).isEqualTo("10 bounce.hongyan.test");
        assertThat(report.records().get(1).expected()).isEqualTo("v=spf1 include:spf.hongyan.test ~all");
        assertThat(report.records().get(2).expected()).startsWith("v=DKIM1; k=rsa; p=MIIBI");
        assertThat(DOMAINS.find(new DomainName(name))).contains(report.domain());
    }

    @Test
    void theZoneFileCanBePublishedAsItStands() {
        DomainReport report = done(DOMAINS.create(account, name));
        String zone = report.zoneFile();
        assertThat(zone.lines()).hasSize(4).allMatch(line -> line.contains(" IN "));
        assertThat(zone).contains(name + ". 600 IN MX 10 bounce.hongyan.test.\n");
        zone.lines().forEach(line -> {
            String[] parts = line.split(" ", 5);
            SENDERS.dns.publish(DnsRecord.of(parts[0], parts[3], parts[4]));
        });
        assertThat(done(DOMAINS.verify(account, name)).domain().state()).isEqualTo(DomainState.VERIFIED);
    }

    @Test
    void publishedRecordsVerifyTheDomainAtOnceAndTellSoOnce() {
        DomainReport report = SENDERS.verified(account, name);
        assertThat(report.domain().state()).isEqualTo(DomainState.VERIFIED);
        assertThat(report.records()).extracting(DnsRecordCheck::status).containsOnly(RecordStatus.PASS);
        assertThat(report.askedServer()).isNotNull();
        assertThat(SENDERS.events).hasAtLeastOneElementOfType(DomainVerified.class);
        SENDERS.events.clear();
        done(DOMAINS.verify(account, name));
        assertThat(SENDERS.events).isEmpty();
    }

    @Test
    void eachWrongRecordSaysWhatIsWrongWithIt() {
        DomainReport wanted = done(DOMAINS.create(account, name));
        String key = wanted.records().get(2).expected();
        SENDERS.dns.publish(DnsRecord.mx(name, 10, "mx.elsewhere.test"));
        SENDERS.dns.publish(DnsRecord.txt(name, "v=spf1 a -all"));
        SENDERS.dns.publish(DnsRecord.txt(name, "v=spf1 mx -all"));
        SENDERS.dns.publish(DnsRecord.txt("hy1._domainkey." + name, key.substring(0, 255)));
        SENDERS.dns.publish(DnsRecord.txt("_dmarc." + name + "." + name, "v=DMARC1; p=none"));
        DomainReport seen = done(DOMAINS.verify(account, name));
        assertThat(seen.domain().state()).isEqualTo(DomainState.PENDING);
        assertThat(seen.records())
                .extracting(DnsRecordCheck::reason)
                .containsExactly("mx.elsewhere", "spf.two-records", "dkim.truncated-at-255", "dmarc.doubled-host");
        assertThat(seen.records().get(1).expected()).isEqualTo("v=spf1 include:spf.hongyan.test a mx -all");
        assertThat(seen.records().get(2).seen()).containsExactly(key.substring(0, 255));
        assertThat(done(DOMAINS.report(account, name))).isEqualTo(seen);
    }

    @Test
    void longTextsInPiecesOverTcpAndAliasesAreFollowed() {
        DomainReport wanted = done(DOMAINS.create(account, name));
        SENDERS.publish(wanted);
        String host = "hy1._domainkey." + name;
        SENDERS.dns.remove(host, DnsRecord.Type.TXT);
        SENDERS.dns.publish(DnsRecord.cname(host, "keys.provider" + account + ".test"));
        SENDERS.dns.publish(DnsRecord.txt(
                "keys.provider" + account + ".test",
                wanted.records().get(2).expected().replace("; p", "; n=" + "x".repeat(3000) + "; p")));
        SENDERS.dns.fail(name, new DnsFault.Truncation());
        DomainReport seen = done(DOMAINS.verify(account, name));
        assertThat(seen.domain().state()).isEqualTo(DomainState.VERIFIED);
        SENDERS.dns.heal(name);
    }

    @Test
    void aDnsThatFailsNeverLowersTheState() {
        SENDERS.verified(account, name);
        SENDERS.dns.failWithin(name, new DnsFault.ServerFailure());
        for (int day = 0; day < 4; day++) {
            CLOCK.move(Duration.ofDays(1));
            DomainReport report = done(DOMAINS.verify(account, name));
            assertThat(report.domain().state()).isEqualTo(DomainState.VERIFIED);
            assertThat(report.records().get(0).status()).isEqualTo(RecordStatus.TIMED_OUT);
            assertThat(report.records().get(0).reason()).isEqualTo("no-answer");
        }
        SENDERS.dns.heal(name);
    }

    @Test
    void aLostRecordWarnsThenRefusesAfterTheGracePeriodAndRecovers() {
        SENDERS.verified(account, name);
        SENDERS.dns.remove(name, DnsRecord.Type.MX);
        assertThat(done(DOMAINS.verify(account, name)).domain().state()).isEqualTo(DomainState.ABNORMAL);
        assertThat(DOMAINS.find(new DomainName(name)).orElseThrow().abnormalSince())
                .isEqualTo(CLOCK.instant());
        CLOCK.move(Duration.ofHours(23));
        assertThat(done(DOMAINS.verify(account, name)).domain().state()).isEqualTo(DomainState.ABNORMAL);
        CLOCK.move(Duration.ofHours(2));
        assertThat(done(DOMAINS.verify(account, name)).domain().state()).isEqualTo(DomainState.REFUSED);
        SENDERS.dns.publish(DnsRecord.mx(name, 10, "bounce.hongyan.test"));
        DomainReport recovered = done(DOMAINS.verify(account, name));
        assertThat(recovered.domain().state()).isEqualTo(DomainState.VERIFIED);
        assertThat(recovered.domain().abnormalSince()).isNull();
        assertThat(TestAccounts.on(DATABASE, CLOCK).auditTrail().latest(account, 10))
                .extracting(AuditTrail.Entry::action)
                .containsExactly("domain.recovered", "domain.refused", "domain.abnormal", "domain.verified");
        assertThat(SENDERS.events.stream().filter(DomainStateChanged.class::isInstance))
                .hasSize(4);
    }

    @Test
    void dueDomainsAreLookedAtByThemselves() {
        SENDERS.publish(done(DOMAINS.create(account, name)));
        DomainRechecks.lookAtDue(SENDERS.domainRepository, SENDERS.verification, SENDERS.settings, CLOCK);
        assertThat(DOMAINS.list(account)).extracting(SendingDomain::state).containsExactly(DomainState.PENDING);
        CLOCK.move(Duration.ofMinutes(5));
        DomainRechecks.lookAtDue(SENDERS.domainRepository, SENDERS.verification, SENDERS.settings, CLOCK);
        assertThat(DOMAINS.list(account)).extracting(SendingDomain::state).containsExactly(DomainState.VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "a..b.test",
                "-a.acme.test",
                "under_score.acme.test",
                "1.2.3.4",
                "acme.test/x",
                "a@b.test",
                "http://acme.test",
                "mail.acme.test\r\nX: y",
                "ma il.acme.test",
                "名字 空格.test"
            })
    void malformedNamesAreRefused(String given) {
        assertThat(refusal(DOMAINS.create(account, given))).isInstanceOf(Refusal.DomainMalformed.class);
    }

    @Test
    void namesThatCannotBeHadAreRefused() {
        assertThat(refusal(DOMAINS.create(account, "com.cn"))).isEqualTo(new Refusal.DomainIsPublicSuffix("com.cn"));
        assertThat(refusal(DOMAINS.create(account, "GitHub.io"))).isInstanceOf(Refusal.DomainIsPublicSuffix.class);
        assertThat(refusal(DOMAINS.create(account, "exmail.test")))
                .isInstanceOfSatisfying(
                        Refusal.DomainAtEnterpriseMailbox.class,
                        at -> assertThat(at.exchange()).startsWith("mxbiz"));
        done(DOMAINS.create(account, name));
        assertThat(refusal(DOMAINS.create(account, name.toUpperCase(java.util.Locale.ROOT) + ".")))
                .isEqualTo(new Refusal.DomainExists(name));
        assertThat(refusal(DOMAINS.create(other, name))).isEqualTo(new Refusal.DomainTaken(name));
        assertThat(refusal(DOMAINS.report(other, name))).isEqualTo(new Refusal.DomainUnknown(name));
        assertThat(refusal(DOMAINS.verify(other, name))).isEqualTo(new Refusal.DomainUnknown(name));
        assertThat(refusal(DOMAINS.delete(other, name))).isEqualTo(new Refusal.DomainUnknown(name));
    }

    @Test
    void aDeadDnsDoesNotKeepAnybodyFromAddingADomain() {
        SENDERS.dns.failWithin(name, new DnsFault.Silence());
        assertThat(done(DOMAINS.create(account, name)).domain().state()).isEqualTo(DomainState.PENDING);
        SENDERS.dns.heal(name);
    }

    @Test
    void theEleventhDomainIsRefusedAlsoWhenAllComeAtOnce() throws Exception {
        List<Outcome<DomainReport>> outcomes = atOnce(14, i -> DOMAINS.create(account, "d" + i + "." + name));
        assertThat(outcomes.stream().filter(Outcome.Done.class::isInstance)).hasSize(10);
        assertThat(outcomes.stream().filter(Outcome.Refused.class::isInstance).map(SendingDomainsTest::refusal))
                .hasSize(4)
                .containsOnly(new Refusal.TooManyDomains(10));
        assertThat(DOMAINS.list(account)).hasSize(10);
    }

    @Test
    void ofManyWhoWantOneNameExactlyOneGetsIt() throws Exception {
        long first = 50_000 + account.value() * 100;
        List<Outcome<DomainReport>> outcomes = atOnce(8, i -> DOMAINS.create(new AccountId(first + i), name));
        assertThat(outcomes.stream().filter(Outcome.Done.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(Outcome.Refused.class::isInstance).map(SendingDomainsTest::refusal))
                .containsOnly(new Refusal.DomainTaken(name));
    }

    @Test
    void aNewSelectorTakesOverOnceItsRecordIsSeenAndTheOldOneIsKeptForAWhile() {
        SENDERS.verified(account, name);
        assertThat(selectorOf(sign())).isEqualTo("hy1");
        DomainReport rotating = done(DOMAINS.rotateKey(account, name));
        assertThat(rotating.records())
                .extracting(record -> record.host().ascii())
                .contains("hy1._domainkey." + name, "hy2._domainkey." + name);
        assertThat(rotating.domain().nextCheckAt()).isEqualTo(CLOCK.instant().plus(Duration.ofMinutes(5)));
        assertThat(done(DOMAINS.rotateKey(account, name)).records()).hasSize(5);
        assertThat(done(DOMAINS.verify(account, name)).domain().state()).isEqualTo(DomainState.VERIFIED);
        assertThat(selectorOf(sign())).isEqualTo("hy1");

        SENDERS.publish(rotating);
        assertThat(done(DOMAINS.verify(account, name)).records()).hasSize(5);
        Message signed = sign();
        assertThat(selectorOf(signed)).isEqualTo("hy2");
        assertThat(new DkimVerifier(SENDERS.dns.resolver()).verify(signed, CLOCK.instant()))
                .extracting(DkimResult::status)
                .containsExactly(DkimResult.Status.PASS);

        // The new record is lost again: the old one, still published, signs.
        SENDERS.dns.remove("hy2._domainkey." + name, DnsRecord.Type.TXT);
        assertThat(done(DOMAINS.verify(account, name)).domain().state()).isEqualTo(DomainState.VERIFIED);
        assertThat(selectorOf(sign())).isEqualTo("hy1");
        SENDERS.publish(rotating);
        done(DOMAINS.verify(account, name));

        CLOCK.move(Duration.ofDays(8));
        DomainReport later = done(DOMAINS.verify(account, name));
        assertThat(later.records())
                .extracting(record -> record.host().ascii())
                .doesNotContain("hy1._domainkey." + name);
        assertThat(selectorOf(sign())).isEqualTo("hy2");
    }

    @Test
    void theDnsHostIsRecognisedByItsNameServers() {
        DomainReport report = done(DOMAINS.create(account, name));
        SENDERS.dns.publish(DnsRecord.ns(name, "f1g1ns1.dnspod.net"));
        SENDERS.publish(report);
        DomainReport seen = done(DOMAINS.verify(account, name));
        assertThat(seen.dnsHost()).isEqualTo("DNSPod");
        assertThat(seen.dnsHostUrl()).contains("acme" + account + ".test");
        assertThat(seen.askedServer()).isEqualTo("f1g1ns1.dnspod.net");
    }

    @Test
    void hostsWithNumberedNameServersAreRecognisedToo() {
        DnsHosts hosts = DnsHosts.load();
        DomainName domain = new DomainName("mail.acme.com.cn");
        assertThat(hosts.of(domain, List.of("ns-1536.awsdns-00.co.uk"))
                        .orElseThrow()
                        .name())
                .isEqualTo("Route 53");
        assertThat(hosts.of(domain, List.of("dns9.hichina.com")).orElseThrow().url())
                .isEqualTo("https://dns.console.aliyun.com/#/dns/setting/acme.com.cn");
        assertThat(hosts.of(domain, List.of("ada.ns.cloudflare.com"))
                        .orElseThrow()
                        .name())
                .isEqualTo("Cloudflare");
        assertThat(hosts.of(domain, List.of("ns1.nobody.test"))).isEmpty();
        assertThat(hosts.of(domain, List.of("evildnspod.net"))).isEmpty();
    }

    @Test
    void aDomainInUseIsNotDeletedAndAFreeOneIsGoneWithItsKeys() {
        SENDERS.verified(account, name);
        done(SENDERS.addresses.create(account, "news@" + name, "News"));
        assertThat(refusal(DOMAINS.delete(account, name))).isEqualTo(new Refusal.DomainInUse(name, 1));
        done(SENDERS.addresses.delete(account, "news@" + name));
        assertThat(done(DOMAINS.delete(account, name)).name()).isEqualTo(new DomainName(name));
        assertThat(DOMAINS.find(new DomainName(name))).isEmpty();
        assertThat(SENDERS.dkimKeys.sign(new DomainName(name), message())).isEmpty();
        assertThat(done(DOMAINS.create(other, name)).domain().accountId()).isEqualTo(other);
    }

    @Test
    void everyReasonHasWordsInBothLanguages() {
        for (java.util.Locale locale : List.of(java.util.Locale.ENGLISH, java.util.Locale.SIMPLIFIED_CHINESE)) {
            String text = RecordReasons.text("dkim.truncated-at-255", Map.of("at", "256", "length", "{410}"), locale);
            assertThat(text).contains("256").contains("{410}").doesNotContain("?");
        }
        assertThat(RecordReasons.text("made.up", Map.of(), java.util.Locale.ENGLISH))
                .isEqualTo("made.up");
    }

    private Message sign() {
        return SENDERS.dkimKeys.sign(new DomainName(name), message()).orElseThrow();
    }

    private Message message() {
        return Message.ofCanonical(("From: news@" + name + "\r\nTo: a@accept.test\r\nSubject: hello\r\n"
                        + "Date: Wed, 25 Nov 2026 08:00:00 +0000\r\n\r\nHello\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String selectorOf(Message message) {
        String field = message.header("DKIM-Signature").orElseThrow().value();
        return field.replaceAll("(?s).*\\bs=([a-z0-9]+);.*", "$1");
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private interface Attempt<T> {
        T make(int number);
    }

    private static <T> List<T> atOnce(int count, Attempt<T> attempt) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = java.util.stream.IntStream.range(0, count)
                    .<Callable<T>>mapToObj(i -> () -> attempt.make(i))
                    .toList();
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
