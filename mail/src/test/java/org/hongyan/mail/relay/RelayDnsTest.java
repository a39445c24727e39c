package org.hongyan.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.relay.DeliveryOutcome.Bounced;
import org.hongyan.mail.relay.DeliveryOutcome.Deferred;
import org.hongyan.mail.relay.DeliveryOutcome.Delivered;
import org.hongyan.mail.smtp.Envelope;
import org.hongyan.mail.smtp.ScriptedSink;
import org.hongyan.mail.smtp.SmtpTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the relay makes of DNS answers. */
class RelayDnsTest {

    private final FixedDns dns = new FixedDns();
    private ScriptedSink sink;
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        sink = new ScriptedSink(new ScriptedSink.Host());
        relay = relay(AddressGuard.allowing(List.of("127.0.0.0/8")));
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        sink.close();
    }

    @Test
    void nd1WithoutAnAnswerMailIsDeferredAndTheReasonTold() {
        dns.mx("d.test", new DnsAnswer.Unavailable<>("192.0.2.53 answered SERVFAIL"));
        assertThat(send("d.test")).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.status()).hasToString("4.4.3");
            assertThat(deferred.attempt().reply()).contains("192.0.2.53 answered SERVFAIL");
            assertThat(deferred.attempt().replied()).isFalse();
        });
    }

    @Test
    void nd2MissingDomainsAndNullMxBounceAtOnce() {
        assertThat(((Bounced) send("missing.test")).status()).hasToString("5.1.2");
        dns.mx("null.test", ".");
        assertThat(((Bounced) send("null.test")).status()).hasToString("5.1.10");
        assertThat(relay.depart(new DomainName("null.test"))).isInstanceOf(Departure.Decided.class);
    }

    @Test
    void nd3TheAddressOfTheDomainServesWhereThereIsNoMx() {
        dns.host("plain.test", "127.0.0.1");
        assertThat(send("plain.test")).isInstanceOf(Delivered.class);
    }

    @Test
    void nd3AnMxWithoutAddressDefers() {
        dns.mx("d.test", "gone.test");
        assertThat(((Deferred) send("d.test")).status()).hasToString("4.4.4");
        dns.mx("e.test", "gone.test", "here.test").host("here.test", "127.0.0.1");
        assertThat(send("e.test")).isInstanceOf(Delivered.class);
    }

    @Test
    void nd5AtMostFiveAddressesAreTriedAndAtLeastTwoHosts() {
        String[] many = IntStream.range(2, 102).mapToObj(i -> "127.9.9." + i).toArray(String[]::new);
        dns.mx("d.test", "one.test", "two.test").host("one.test", many).host("two.test", "127.9.8.1");
        Set<String> tried = new HashSet<>();
        Destination destination = destination("one.test", "two.test", "three.test");
        HostWalk walk = new HostWalk(destination, source(), dns, AddressGuard.allowing(List.of("127.0.0.0/8")), 5);
        List<String> hosts = new ArrayList<>();
        for (HostWalk.Candidate candidate = walk.next(); candidate != null; candidate = walk.next()) {
            tried.add(candidate.address().getHostAddress());
            hosts.add(candidate.target().host());
        }
        assertThat(tried).hasSizeLessThanOrEqualTo(5).contains("127.9.8.1");
        assertThat(hosts).contains("one.test", "two.test").startsWith("one.test");
    }

    @Test
    void nd5OneHostMayHaveAllFive() {
        dns.host(
                "one.test",
                IntStream.range(2, 102).mapToObj(i -> "127.9.9." + i).toArray(String[]::new));
        HostWalk walk =
                new HostWalk(destination("one.test"), source(), dns, AddressGuard.allowing(List.of("127.0.0.0/8")), 5);
        int count = 0;
        while (walk.next() != null) {
            count++;
        }
        assertThat(count).isEqualTo(5);
        assertThat(walk.hasMore()).isFalse();
    }

    @Test
    void nd6HostsInsideAreNotSpokenTo() {
        try (Relay guarded = relay(AddressGuard.publicOnly())) {
            dns.mx("own.test", "lo.test").host("lo.test", "127.0.0.1");
            dns.mx("six.test", "lo6.test").host("lo6.test", "::1");
            dns.mx("private.test", "in.test").host("in.test", "10.0.0.1", "169.254.169.254");
            assertThat(((Bounced) send(guarded, "own.test")).status()).hasToString("5.4.6");
            assertThat(((Bounced) send(guarded, "six.test")).status()).hasToString("5.4.6");
            assertThat(((Deferred) send(guarded, "private.test")).status()).hasToString("4.4.3");
        }
        assertThat(sink.connections()).isZero();
    }

    @Test
    void aRouteOfTheOperatorNeedsNoMxAndNoPermission() {
        RelaySettings settings = RelaySettings.of(new DomainName("mta.a.test"))
                .by(RelayRoutes.parse("d.test=127.0.0.1:" + sink.port()))
                .with(SmtpTimeouts.all(Duration.ofSeconds(5)));
        try (Relay routed = new Relay(settings, dns, InstantSource.system())) {
            assertThat(send(routed, "d.test")).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void aSourceSpeaksOnlyTheFamilyItHas() throws Exception {
        SourcePool.Source six = new SourcePool.Source("six", new DomainName("mta.a.test"), null, (java.net.Inet6Address)
                java.net.InetAddress.ofLiteral("2400:3200::1"));
        dns.host("one.test", "127.0.0.1");
        HostWalk walk =
                new HostWalk(destination("one.test"), six, dns, AddressGuard.allowing(List.of("127.0.0.0/8")), 5);
        assertThat(walk.next()).isNull();
        assertThat(walk.obstacle())
                .isInstanceOfSatisfying(
                        HostWalk.Obstacle.class,
                        obstacle -> assertThat(obstacle.failure()).isInstanceOf(Failure.NoCommonFamily.class));
    }

    @Test
    void mailLeavesFromTheSourceAddressOfItsPool() throws Exception {
        dns.mx("d.test", "mx.test").host("mx.test", "127.0.0.1");
        List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (ScriptedSink noting = new ScriptedSink(talk -> {
            seen.add(talk.peer());
            new ScriptedSink.Host().run(talk);
        })) {
            SourcePool pool = new SourcePool(
                    "bulk",
                    List.of(new SourcePool.Source(
                            "b1",
                            new DomainName("b1.a.test"),
                            (java.net.Inet4Address) java.net.InetAddress.ofLiteral("127.0.0.77"),
                            null)));
            RelaySettings settings = settings(AddressGuard.allowing(List.of("127.0.0.0/8")))
                    .toPort(noting.port())
                    .from(pool);
            try (Relay pooled = new Relay(settings, dns, InstantSource.system())) {
                assertThat(send(pooled, "d.test")).isInstanceOf(Delivered.class);
            }
            assertThat(seen).containsExactly("127.0.0.77");
            assertThat(noting.commands().getFirst()).isEqualTo("EHLO b1.a.test");
        }
    }

    private static Destination destination(String... hosts) {
        int[] preference = {0};
        return new Destination(
                new org.hongyan.mail.shaping.Provider("p"),
                Arrays.stream(hosts)
                        .map(host -> new Destination.Target(
                                host, 25, preference[0]++, new org.hongyan.mail.smtp.TlsPolicy.Opportunistic()))
                        .toList(),
                false);
    }

    private static SourcePool.Source source() {
        return SourcePool.anyAddress(new DomainName("mta.a.test")).sources().getFirst();
    }

    private RelaySettings settings(AddressGuard guard) {
        return RelaySettings.of(new DomainName("mta.a.test"))
                .toPort(sink.port())
                .guardedBy(guard)
                .with(SmtpTimeouts.all(Duration.ofSeconds(5)));
    }

    private Relay relay(AddressGuard guard) {
        return new Relay(settings(guard), dns, InstantSource.system());
    }

    private DeliveryOutcome send(String domain) {
        return send(relay, domain);
    }

    private static DeliveryOutcome send(Relay relay, String domain) {
        return relay.attempt(
                        new Envelope(ReversePath.parse("b@a.test"), List.of(EmailAddress.parse("a@" + domain))),
                        Message.ofCanonical("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)))
                .getFirst();
    }
}
