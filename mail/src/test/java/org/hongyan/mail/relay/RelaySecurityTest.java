package org.hongyan.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.relay.DeliveryOutcome.Deferred;
import org.hongyan.mail.relay.DeliveryOutcome.Delivered;
import org.hongyan.mail.smtp.Envelope;
import org.hongyan.mail.smtp.ScriptedSink;
import org.hongyan.mail.smtp.ScriptedSink.Host;
import org.hongyan.mail.smtp.SmtpTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MTA-STS and DANE, as the recipient's domain asks for them. */
class RelaySecurityTest {

    private static final String ENFORCING =
            "version: STSv1\r\nmode: enforce\r\nmx: mx1.sink.test\r\nmax_age: 86400\r\n";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final FixedDns dns = new FixedDns().mx("sink.test", "mx1.sink.test").host("mx1.sink.test", "127.0.0.1");
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private volatile String response = ok(ENFORCING);
    private ScriptedSink policyHost;

    @BeforeEach
    void startPolicyHost() throws IOException {
        policyHost = open(new ScriptedSink(talk -> {
            talk.startTls("valid.p12");
            while (!talk.command().isEmpty()) {
                // The head of the request.
            }
            talk.raw(response);
        }));
        dns.host("mta-sts.sink.test", "127.0.0.1");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable thing : opened.reversed()) {
            thing.close();
        }
    }

    @Test
    void anEnforcedPolicyIsKeptToAndFetchedOnce() throws Exception {
        dns.txt("_mta-sts.sink.test", "v=STSv1; id=1;");
        ScriptedSink sink = open(new ScriptedSink(new Host().tls("valid.p12")));
        Relay relay = relay(sink.port());
        assertThat(send(relay)).isInstanceOf(Delivered.class);
        assertThat(send(relay)).isInstanceOf(Delivered.class);
        assertThat(send(relay).attempt().tls()).isNotNull();
        assertThat(policyHost.connections()).isEqualTo(1);
        assertThat(policyHost.commands()).contains("GET /.well-known/mta-sts.txt HTTP/1.1", "Host: mta-sts.sink.test");
    }

    @Test
    void aHostWithoutProperTlsIsNotSpokenToUnderAnEnforcedPolicy() throws Exception {
        dns.txt("_mta-sts.sink.test", "v=STSv1; id=1;");
        for (Host host : List.of(new Host(), new Host().tls("expired.p12"))) {
            ScriptedSink sink = open(new ScriptedSink(host));
            assertThat(((Deferred) send(relay(sink.port()))).status()).hasToString("4.7.4");
            assertThat(sink.commands()).noneMatch(command -> command.startsWith("MAIL"));
        }
    }

    @Test
    void aHostThatThePolicyDoesNotNameIsNotSpokenTo() throws Exception {
        dns.txt("_mta-sts.sink.test", "v=STSv1; id=1;");
        response = ok(ENFORCING.replace("mx1.", "other."));
        ScriptedSink sink = open(new ScriptedSink(new Host().tls("valid.p12")));
        assertThat(((Deferred) send(relay(sink.port()))).status()).hasToString("4.7.4");
        assertThat(sink.connections()).isZero();
    }

    @Test
    void testingAndBrokenPoliciesBindNothing() throws Exception {
        dns.txt("_mta-sts.sink.test", "v=STSv1; id=1;");
        for (String weak : List.of(
                ok(ENFORCING.replace("enforce", "testing")),
                ok("<html>"),
                "HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.test/\r\n\r\n" + ENFORCING,
                "HTTP/1.1 404 Not Found\r\n\r\n",
                ok("x".repeat(100_000)),
                "")) {
            response = weak;
            ScriptedSink sink = open(new ScriptedSink(new Host()));
            assertThat(send(relay(sink.port()))).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void aKnownPolicyBindsUntilItExpiresThoughItVanishes() throws Exception {
        dns.txt("_mta-sts.sink.test", "v=STSv1; id=1;");
        ScriptedSink sink = open(new ScriptedSink(new Host().tls("valid.p12")));
        ScriptedSink plain = open(new ScriptedSink("127.0.0.2", sink.port(), new Host()));
        Relay relay = relay(sink.port());
        assertThat(send(relay)).isInstanceOf(Delivered.class);

        dns.host("mx1.sink.test", "127.0.0.2");
        sink.close();
        dns.txt("_mta-sts.sink.test", "v=STSv1; id=2;");
        response = "HTTP/1.1 404 Not Found\r\n\r\n";
        assertThat(send(relay)).isInstanceOf(Deferred.class);
        assertThat(plain.commands()).noneMatch(command -> command.startsWith("MAIL"));

        now = now.plus(Duration.ofDays(2));
        assertThat(send(relay)).isInstanceOf(Delivered.class);
    }

    @Test
    void aChunkedPolicyIsRead() throws Exception {
        dns.txt("_mta-sts.sink.test", "v=STSv1; id=1;");
        response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(ENFORCING.length())
                + "\r\n" + ENFORCING + "\r\n0\r\n\r\n";
        ScriptedSink sink = open(new ScriptedSink(new Host()));
        assertThat(send(relay(sink.port()))).isInstanceOf(Deferred.class);
    }

    @Test
    void daneIsKeptToWhereTheDnsIsSecure() throws Exception {
        byte[] key = keys("expired.p12").getCertificate("host").getPublicKey().getEncoded();
        dns.tlsa(
                "mx1.sink.test",
                new DnsResolver.Tlsa(
                        3, 1, 1, MessageDigest.getInstance("SHA-256").digest(key)));
        ScriptedSink good = open(new ScriptedSink(new Host().tls("expired.p12")));
        assertThat(send(relay(good.port()))).isInstanceOf(Delivered.class);

        for (Host host : List.of(new Host(), new Host().tls("valid.p12"))) {
            ScriptedSink bad = open(new ScriptedSink(host));
            assertThat(((Deferred) send(relay(bad.port()))).status()).hasToString("4.7.4");
            assertThat(bad.commands()).noneMatch(command -> command.startsWith("MAIL"));
        }
    }

    @Test
    void daneSaysNothingWhereTheDnsIsNotSecure() throws Exception {
        dns.tlsa("mx1.sink.test", new DnsResolver.Tlsa(3, 1, 1, new byte[32]));
        dns.mx("sink.test", insecure(new DnsResolver.Mx(10, new DomainName("mx1.sink.test"))));
        ScriptedSink sink = open(new ScriptedSink(new Host()));
        assertThat(send(relay(sink.port()))).isInstanceOf(Delivered.class);
    }

    @Test
    void aTlsaRecordThatCannotBeLearnedKeepsMailBack() throws Exception {
        dns.tlsa("mx1.sink.test", new DnsAnswer.Unavailable<>("192.0.2.53 answered SERVFAIL"));
        ScriptedSink sink = open(new ScriptedSink(new Host().tls("valid.p12")));
        assertThat(send(relay(sink.port())))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.attempt().reply())
                                .contains("TLSA")
                                .contains("SERVFAIL"));
        assertThat(sink.connections()).isZero();
    }

    private static DnsAnswer<DnsResolver.Mx> insecure(DnsResolver.Mx mx) {
        return new DnsAnswer.Found<>(List.of(mx), Duration.ofMinutes(5), false);
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body;
    }

    private Relay relay(int port) throws Exception {
        RelaySettings settings = RelaySettings.of(new DomainName("mta.a.test"))
                .toPort(port)
                .guardedBy(AddressGuard.allowing(List.of("127.0.0.0/8")))
                .with(SmtpTimeouts.all(Duration.ofSeconds(5)))
                .with(new RelaySettings.TlsLookups(true, true, policyHost.port(), keys("authority.p12")));
        return open(new Relay(settings, dns, (InstantSource) () -> now));
    }

    private <T extends AutoCloseable> T open(T thing) {
        opened.add(thing);
        return thing;
    }

    private static DeliveryOutcome send(Relay relay) {
        return relay.attempt(
                        new Envelope(ReversePath.parse("b@a.test"), List.of(EmailAddress.parse("a@sink.test"))),
                        Message.ofCanonical("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)))
                .getFirst();
    }

    private static KeyStore keys(String file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = ScriptedSink.class.getResourceAsStream(file)) {
            keys.load(in, "hongyan".toCharArray());
        }
        return keys;
    }
}
