package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsResolver.Tlsa;
import org.junit.jupiter.api.Test;

class TlsPolicyTest {

    @Test
    void aCertificateOfATrustedAuthorityForThatNameIsVerified() throws Exception {
        assertOpened(open("valid.p12", "mx1.sink.test", new TlsPolicy.Verified()));
    }

    @Test
    void otherNamesExpiredCertificatesAndUnknownAuthoritiesAreNot() throws Exception {
        assertRefused(open("valid.p12", "mx2.sink.test", new TlsPolicy.Verified()));
        assertRefused(open("expired.p12", "mx1.sink.test", new TlsPolicy.Verified()));
        try (ScriptedSink sink = new ScriptedSink(new ScriptedSink.Host().tls("valid.p12"));
                SmtpClient client = new SmtpClient(SmtpTimeouts.all(Duration.ofSeconds(5)))) {
            assertRefused(open(client, sink, "mx1.sink.test", new TlsPolicy.Verified()));
        }
    }

    @Test
    void encryptionWithoutANameTakesAnyCertificate() throws Exception {
        assertOpened(open("expired.p12", "other.test", new TlsPolicy.Encrypted()));
    }

    @Test
    void daneTakesTheKeyThatTheDnsNames() throws Exception {
        byte[] key = certificate("expired.p12").getPublicKey().getEncoded();
        Tlsa good = new Tlsa(3, 1, 1, MessageDigest.getInstance("SHA-256").digest(key));
        Tlsa bad = new Tlsa(3, 1, 1, new byte[32]);
        // RFC 7672 §3.1.1: for DANE-EE neither dates nor names count.
        assertOpened(open("expired.p12", "other.test", dane(bad, good)));
        assertRefused(open("expired.p12", "other.test", dane(bad)));
        assertOpened(open(
                "valid.p12",
                "mx1.sink.test",
                dane(new Tlsa(3, 0, 0, certificate("valid.p12").getEncoded()))));
        assertOpened(open(
                "valid.p12",
                "mx1.sink.test",
                dane(new Tlsa(
                        3,
                        0,
                        2,
                        MessageDigest.getInstance("SHA-512")
                                .digest(certificate("valid.p12").getEncoded())))));
    }

    @Test
    void daneTakesAnAuthorityThatTheDnsNamesForTheRightName() throws Exception {
        byte[] authority = keys("authority.p12").getCertificate("ca").getEncoded();
        Tlsa anchor = new Tlsa(2, 0, 1, MessageDigest.getInstance("SHA-256").digest(authority));
        assertOpened(open("valid.p12", "mx1.sink.test", dane(anchor)));
        assertRefused(open("valid.p12", "other.test", dane(anchor)));
        assertRefused(open("expired.p12", "mx1.sink.test", dane(anchor)));
    }

    @Test
    void daneRecordsOfNoUseInSmtpStillAskForEncryption() throws Exception {
        assertOpened(open("valid.p12", "mx1.sink.test", dane(new Tlsa(1, 1, 1, new byte[32]))));
        try (ScriptedSink sink = new ScriptedSink(new ScriptedSink.Host());
                SmtpClient client = new SmtpClient(SmtpTimeouts.all(Duration.ofSeconds(5)))) {
            assertRefused(open(client, sink, "mx1.sink.test", dane(new Tlsa(1, 1, 1, new byte[32]))));
        }
    }

    @Test
    void sessionsAreResumed() throws Exception {
        try (ScriptedSink sink = new ScriptedSink(new ScriptedSink.Host().tls("valid.p12"));
                SmtpClient client = new SmtpClient(SmtpTimeouts.all(Duration.ofSeconds(5)))) {
            assertOpened(open(client, sink, "mx1.sink.test", new TlsPolicy.Opportunistic()));
            assertOpened(open(client, sink, "mx1.sink.test", new TlsPolicy.Opportunistic()));
            assertOpened(open(client, sink, "mx1.sink.test", new TlsPolicy.Opportunistic()));
            assertThat(sink.tlsSessions()).isEqualTo(1);
            assertThat(client.openConnections()).isZero();
        }
    }

    private static TlsPolicy dane(Tlsa... records) {
        return new TlsPolicy.Dane(List.of(records), List.of());
    }

    private static void assertOpened(SmtpClient.Opening opening) {
        assertThat(opening).isInstanceOf(SmtpClient.Opening.Opened.class);
    }

    private static void assertRefused(SmtpClient.Opening opening) {
        assertThat(opening)
                .isInstanceOfSatisfying(
                        SmtpClient.Opening.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(SmtpFailure.TlsUnavailable.class));
    }

    private static SmtpClient.Opening open(String keyStore, String host, TlsPolicy policy) throws Exception {
        try (ScriptedSink sink = new ScriptedSink(new ScriptedSink.Host().tls(keyStore));
                SmtpClient client = new SmtpClient(SmtpTimeouts.all(Duration.ofSeconds(5)), keys("authority.p12"))) {
            return open(client, sink, host, policy);
        }
    }

    private static SmtpClient.Opening open(SmtpClient client, ScriptedSink sink, String host, TlsPolicy policy) {
        SmtpClient.Peer peer = new SmtpClient.Peer(host, InetAddress.getLoopbackAddress(), sink.port());
        SmtpClient.Opening opening = client.open(peer, null, new DomainName("mta.a.test"), policy, true);
        if (opening instanceof SmtpClient.Opening.Opened(SmtpConnection connection)) {
            connection.quit();
        }
        return opening;
    }

    private static Certificate certificate(String file) throws Exception {
        return keys(file).getCertificate("host");
    }

    private static KeyStore keys(String file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = TlsPolicyTest.class.getResourceAsStream(file)) {
            keys.load(in, "hongyan".toCharArray());
        }
        return keys;
    }
}
