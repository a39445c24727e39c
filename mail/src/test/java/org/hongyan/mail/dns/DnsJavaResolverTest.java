package org.hongyan.mail.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.hongyan.mail.address.DomainName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class DnsJavaResolverTest {

    private static final DomainName NAME = new DomainName("a.test");

    private final List<ScriptedNameServer> servers = new ArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;

    @AfterEach
    void stop() throws IOException {
        for (ScriptedNameServer server : servers) {
            server.close();
        }
    }

    @Test
    void recordsBecomeValues() throws IOException {
        ScriptedNameServer server = server().holding(
                        "a.test. 60 IN MX 10 mx1.a.test.",
                        "a.test. 60 IN MX 20 mx2.a.test.",
                        "a.test. 60 IN NS ns1.a.test.",
                        "mx1.a.test. 60 IN A 192.0.2.1",
                        "mx1.a.test. 60 IN AAAA 2001:db8::1",
                        "www.a.test. 60 IN CNAME mx1.a.test.",
                        "_25._tcp.mx1.a.test. 60 IN TLSA 3 1 1 abcd",
                        "1.2.0.192.in-addr.arpa. 60 IN PTR mx1.a.test.");
        DnsResolver dns = resolver(server);

        assertThat(dns.mx(NAME).recordsOrEmpty())
                .containsExactlyInAnyOrder(
                        new DnsResolver.Mx(10, new DomainName("mx1.a.test")),
                        new DnsResolver.Mx(20, new DomainName("mx2.a.test")));
        assertThat(dns.addresses(new DomainName("mx1.a.test")).recordsOrEmpty())
                .containsExactly(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
        assertThat(dns.ns(NAME).recordsOrEmpty()).containsExactly(new DomainName("ns1.a.test"));
        assertThat(dns.cname(new DomainName("www.a.test")).recordsOrEmpty())
                .containsExactly(new DomainName("mx1.a.test"));
        assertThat(dns.ptr(InetAddress.ofLiteral("192.0.2.1")).recordsOrEmpty())
                .containsExactly(new DomainName("mx1.a.test"));
        assertThat(dns.tlsa(new DomainName("mx1.a.test"), 25).recordsOrEmpty())
                .containsExactly(new DnsResolver.Tlsa(3, 1, 1, new byte[] {(byte) 0xab, (byte) 0xcd}));
        assertThat(((DnsAnswer.Found<?>) dns.mx(NAME)).secure()).isFalse();
    }

    @Test
    void theCasesOfNothingAreToldApart() throws IOException {
        ScriptedNameServer server = server().holding("a.test. 60 IN A 192.0.2.1");
        DnsResolver dns = resolver(server);
        assertThat(dns.mx(NAME)).isInstanceOf(DnsAnswer.NoData.class);
        assertThat(dns.mx(new DomainName("missing.test"))).isInstanceOf(DnsAnswer.NoSuchName.class);
        assertThat(dns.addresses(new DomainName("missing.test"))).isInstanceOf(DnsAnswer.NoSuchName.class);
    }

    @Test
    void nd1FailingServersSayNothingAboutTheNameAndAreNamed() throws IOException {
        for (int code : new int[] {Rcode.SERVFAIL, Rcode.REFUSED}) {
            ScriptedNameServer server = server().answering(code);
            assertThat(resolver(server).mx(NAME))
                    .isInstanceOfSatisfying(
                            DnsAnswer.Unavailable.class,
                            unavailable -> assertThat(unavailable.reason())
                                    .contains("127.0.0.1:" + server.address().getPort())
                                    .contains(Rcode.string(code)));
        }
    }

    @Test
    void nd1ASilentServerIsATimeOutAndTheNextServerIsAsked() throws IOException {
        ScriptedNameServer dead = server().silent(true);
        ScriptedNameServer alive = server().holding("a.test. 60 IN MX 10 mx.a.test.");

        assertThat(resolver(dead).mx(NAME))
                .isInstanceOfSatisfying(
                        DnsAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).contains("did not answer within 200 ms"));
        DnsResolver both = resolver(dead, alive);
        assertThat(both.mx(NAME)).isInstanceOf(DnsAnswer.Found.class);
        int askedBefore = dead.questions().size();
        assertThat(both.mx(new DomainName("other.test"))).isInstanceOf(DnsAnswer.NoSuchName.class);
        assertThat(dead.questions())
                .as("the server that lives is asked first from now on")
                .hasSize(askedBefore);
    }

    @Test
    void nd1RecoversAfterAFailure() throws IOException {
        ScriptedNameServer server =
                server().holding("a.test. 60 IN MX 10 mx.a.test.").answering(Rcode.SERVFAIL);
        DnsResolver dns = resolver(server);
        assertThat(dns.mx(NAME)).isInstanceOf(DnsAnswer.Unavailable.class);
        server.answering(Rcode.NOERROR);
        pass(Duration.ofSeconds(6));
        assertThat(dns.mx(NAME)).isInstanceOf(DnsAnswer.Found.class);
    }

    @Test
    void nd2ANullMxIsToldFromNoMx() throws IOException {
        ScriptedNameServer server = server().holding("a.test. 60 IN MX 0 .", "b.test. 60 IN A 192.0.2.1");
        DnsResolver dns = resolver(server);
        assertThat(dns.mx(NAME).recordsOrEmpty()).containsExactly(new DnsResolver.Mx(0, null));
        assertThat(MailExchangers.of(NAME, dns)).isEqualTo(new MailExchangers.NullMx());
        assertThat(MailExchangers.of(new DomainName("missing.test"), dns)).isEqualTo(new MailExchangers.NoSuchDomain());
    }

    @Test
    void nd3TheDomainItselfIsTheHostWhereThereIsNoMx() throws IOException {
        ScriptedNameServer server = server().holding("a.test. 60 IN A 192.0.2.1", "b.test. 60 IN TXT text");
        DnsResolver dns = resolver(server);
        assertThat(MailExchangers.of(NAME, dns))
                .isEqualTo(new MailExchangers.Hosts(List.of(new MailExchangers.Host(NAME, 0)), true, false));
        assertThat(MailExchangers.of(new DomainName("b.test"), dns)).isEqualTo(new MailExchangers.NoHost());
        server.answering(Rcode.SERVFAIL);
        assertThat(MailExchangers.of(new DomainName("c.test"), dns)).isInstanceOf(MailExchangers.Unavailable.class);
    }

    @Test
    void mailExchangersStandInOrderAndEqualsAreShuffled() throws IOException {
        ScriptedNameServer server = server().holding(
                        "a.test. 60 IN MX 20 last.a.test.",
                        "a.test. 60 IN MX 10 one.a.test.",
                        "a.test. 60 IN MX 10 two.a.test.");
        DnsResolver dns = resolver(server);
        List<String> firsts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            MailExchangers.Hosts hosts = (MailExchangers.Hosts) MailExchangers.of(NAME, dns);
            assertThat(hosts.hosts()).hasSize(3);
            assertThat(hosts.hosts().getLast().name()).isEqualTo(new DomainName("last.a.test"));
            firsts.add(hosts.hosts().getFirst().name().ascii());
        }
        assertThat(firsts).contains("one.a.test", "two.a.test");
    }

    @Test
    void nd4LoopsAndLongChainsAreErrorsAtOnce() throws IOException {
        ScriptedNameServer server = server().holding("a.test. 60 IN CNAME b.test.", "b.test. 60 IN CNAME a.test.");
        for (int i = 0; i < 20; i++) {
            server.holding("c" + i + ".test. 60 IN CNAME c" + (i + 1) + ".test.");
        }
        server.holding("c20.test. 60 IN A 192.0.2.1");
        DnsResolver dns = resolver(server);
        long start = System.nanoTime();
        assertThat(dns.addresses(NAME)).isInstanceOf(DnsAnswer.Unavailable.class);
        assertThat(dns.addresses(new DomainName("c0.test"))).isInstanceOf(DnsAnswer.Unavailable.class);
        assertThat(dns.addresses(new DomainName("c13.test")).recordsOrEmpty()).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void nd7LongTextsComeByTcpAndAreJoined() throws IOException {
        String first = "v".repeat(250);
        String second = "w".repeat(250);
        ScriptedNameServer server = server().holding(
                        "a.test. 60 IN TXT \"" + first + "\" \"" + second + "\"", "a.test. 60 IN TXT \"v=spf1 -all\"")
                .truncating();
        assertThat(resolver(server).txt(NAME).recordsOrEmpty())
                .containsExactlyInAnyOrder(first + second, "v=spf1 -all");
        assertThat(server.tcpQuestions()).isEqualTo(1);
    }

    @Test
    void nd8AnswersLastAsLongAsTheirTtlThoughTheServerDies() throws IOException {
        ScriptedNameServer server = server().holding("a.test. 60 IN MX 10 mx.a.test.", "b.test. 60 IN A 192.0.2.1");
        DnsResolver dns = resolver(server);
        assertThat(dns.mx(NAME)).isInstanceOf(DnsAnswer.Found.class);
        assertThat(dns.mx(new DomainName("b.test"))).isInstanceOf(DnsAnswer.NoData.class);
        server.silent(true);
        pass(Duration.ofSeconds(29));
        assertThat(dns.mx(NAME)).isInstanceOf(DnsAnswer.Found.class);
        assertThat(dns.mx(new DomainName("b.test")))
                .as("kept for the SOA's 30 s")
                .isInstanceOf(DnsAnswer.NoData.class);
        pass(Duration.ofSeconds(2));
        assertThat(dns.mx(new DomainName("b.test"))).isInstanceOf(DnsAnswer.Unavailable.class);
        pass(Duration.ofSeconds(30));
        assertThat(dns.mx(NAME)).isInstanceOf(DnsAnswer.Unavailable.class);
    }

    @Test
    void nd8ManyCallersWithOneQuestionAskOnce() throws Exception {
        ScriptedNameServer server = server().silent(true);
        DnsResolver dns = resolver(server);
        ConcurrentLinkedQueue<DnsAnswer<DnsResolver.Mx>> answers = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 200)
                .mapToObj(i -> Thread.ofVirtual().start(() -> answers.add(dns.mx(NAME))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(200).allMatch(answer -> answer instanceof DnsAnswer.Unavailable);
        assertThat(server.questions()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theCacheIsBounded() throws IOException {
        ScriptedNameServer server = server().holding("a.test. 60 IN MX 10 mx.a.test.");
        DnsSettings small = new DnsSettings(
                List.of(server.address()),
                Duration.ofMillis(200),
                1,
                20,
                Duration.ofDays(1),
                Duration.ofSeconds(5),
                DnsSettings.Dnssec.OFF);
        DnsJavaResolver dns = new DnsJavaResolver(small, clock);
        for (int i = 0; i < 100; i++) {
            assertThat(dns.mx(new DomainName("m" + i + ".test"))).isInstanceOf(DnsAnswer.NoSuchName.class);
        }
        assertThat(dns.cachedAnswers()).isLessThanOrEqualTo(20);
    }

    @Test
    void theWordOfAServerOnDnssecCountsOnlyWhereItIsTrusted() throws IOException {
        ScriptedNameServer server =
                server().holding("a.test. 60 IN MX 10 mx.a.test.").authentic();
        assertThat(((DnsAnswer.Found<?>) resolver(server).mx(NAME)).secure()).isFalse();
        DnsSettings trusting = DnsSettings.asking(List.of(server.address())).trusting(DnsSettings.Dnssec.TRUST_SERVER);
        assertThat(((DnsAnswer.Found<?>) new DnsJavaResolver(trusting, clock).mx(NAME)).secure())
                .isTrue();
    }

    @Test
    void anOldServerIsAskedAgainWithoutEdns() throws IOException {
        ScriptedNameServer server =
                server().holding("a.test. 60 IN MX 10 mx.a.test.").refusingEdns();
        assertThat(resolver(server).mx(NAME)).isInstanceOf(DnsAnswer.Found.class);
    }

    @Test
    void recordsThatNameNoPossibleHostAreNotTakenForNone() throws IOException {
        ScriptedNameServer server = server().holding("a.test. 60 IN MX 10 not\\032a\\032host.test.");
        assertThat(resolver(server).mx(NAME)).isInstanceOf(DnsAnswer.Unavailable.class);
    }

    private ScriptedNameServer server() throws IOException {
        ScriptedNameServer server = new ScriptedNameServer();
        servers.add(server);
        return server;
    }

    private DnsResolver resolver(ScriptedNameServer... asked) {
        List<InetSocketAddress> addresses =
                java.util.Arrays.stream(asked).map(ScriptedNameServer::address).toList();
        return new DnsJavaResolver(DnsSettings.asking(addresses).within(Duration.ofMillis(200), 1), clock);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
