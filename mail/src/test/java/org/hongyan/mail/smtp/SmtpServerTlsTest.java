package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpServerTlsTest {

    private static final TestCertificate FIRST = TestCertificate.make("first.example.com");
    private static final TestCertificate SECOND = TestCertificate.make("second.example.com");
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int STARTTLS = 0;
    private static final int IMPLICIT = 1;

    private final RecordingSmtpHandler handler = new RecordingSmtpHandler();
    private final AtomicReference<@Nullable SSLContext> context = new AtomicReference<>(FIRST.server());
    private final SmtpServer server = SmtpServer.builder(handler)
            .hostName("mx.example.com")
            .listen(ANY_PORT, SmtpServer.Mode.STARTTLS)
            .listen(ANY_PORT, SmtpServer.Mode.IMPLICIT_TLS)
            .tls(() -> {
                SSLContext now = context.get();
                if (now == null) {
                    throw new IllegalStateException("no certificate");
                }
                return now;
            })
            .extensions(EnumSet.allOf(SmtpServer.Extension.class))
            .limits(shortHandshake())
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void authIsOfferedUnderTlsOnlyAndStartTlsForgetsWhatWasSaid() throws IOException {
        try (RawSmtpClient client = new RawSmtpClient(server.port(STARTTLS))) {
            client.reply();
            assertThat(client.say("EHLO c.example.com\r\n"))
                    .endsWith("250 STARTTLS")
                    .doesNotContain("AUTH");
            assertThat(client.say("AUTH PLAIN\r\n")).isEqualTo("538 5.7.11 Send STARTTLS before AUTH");
            client.say("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.say("STARTTLS\r\n")).isEqualTo("220 2.0.0 Ready to start TLS");
            encrypt(client, FIRST, "TLSv1.3");
            assertThat(client.say("MAIL FROM:<a@example.com>\r\n")).isEqualTo("503 5.5.1 Send EHLO first");
            assertThat(client.say("EHLO c.example.com\r\n"))
                    .endsWith("250 AUTH PLAIN LOGIN")
                    .doesNotContain("STARTTLS");
            assertThat(client.say("RCPT TO:<b@example.org>\r\n")).isEqualTo("503 5.5.1 Send MAIL first");
            assertThat(client.say("STARTTLS\r\n")).isEqualTo("503 5.5.1 TLS is already in use");
            assertThat(client.say("AUTH PLAIN " + login() + "\r\n")).isEqualTo("235 2.7.0 Authenticated");
            assertThat(client.say("QUIT\r\n")).startsWith("221 2.0.0");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void commandsPipelinedAfterStartTlsAreDiscarded() throws IOException {
        try (RawSmtpClient client = new RawSmtpClient(server.port(STARTTLS))) {
            client.reply();
            client.say("EHLO c.example.com\r\n");
            assertThat(client.say("STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@example.com>\r\n"))
                    .isEqualTo("220 2.0.0 Ready to start TLS");
            encrypt(client, FIRST, "TLSv1.3");
            assertThat(client.say("NOOP\r\n")).isEqualTo("250 2.0.0 OK");
            assertThat(client.say("RCPT TO:<b@example.org>\r\n")).isEqualTo("503 5.5.1 Send MAIL first");
        }
    }

    @Test
    void plaintextAfterStartTlsNeverBecomesACommand() throws IOException {
        try (RawSmtpClient client = new RawSmtpClient(server.port(STARTTLS))) {
            client.reply();
            client.say("EHLO c.example.com\r\n");
            client.say("STARTTLS\r\n");
            client.send("EHLO evil.example\r\nMAIL FROM:<evil@example.com>\r\nNOOP\r\n");
            assertThat(client.rest()).doesNotContain("250");
        }
    }

    @Test
    void aLargeMessageGoesThroughBothVersions() throws IOException {
        String content =
                "Subject: large\r\n\r\n" + "x".repeat(70).concat("\r\n").repeat(40_000);
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            handler.deliveries.clear();
            try (RawSmtpClient client = implicit(FIRST, version)) {
                assertThat(client.reply()).isEqualTo("220 mx.example.com ESMTP");
                client.say("EHLO c.example.com\r\n");
                client.say("MAIL FROM:<a@example.com>\r\n");
                client.say("RCPT TO:<b@example.org>\r\n");
                client.say("DATA\r\n");
                assertThat(client.say(content + ".\r\n")).isEqualTo("250 2.0.0 Kept as 1");
            }
            SmtpServerHandler.Delivery delivery = handler.deliveries.getFirst();
            assertThat(new String(delivery.content(), StandardCharsets.US_ASCII))
                    .isEqualTo(content);
            assertThat(delivery.peer().encrypted()).isTrue();
        }
        assertThat(server.contentBytes()).isZero();
    }

    @Test
    void aNewCertificateIsUsedWithoutRestart() throws IOException {
        try (RawSmtpClient client = implicit(FIRST, "TLSv1.3")) {
            client.reply();
        }
        context.set(SECOND.server());
        try (RawSmtpClient client = implicit(SECOND, "TLSv1.3")) {
            assertThat(((SSLSocket) client.socket()).getSession().getPeerPrincipal())
                    .hasToString("CN=second.example.com");
        }
    }

    @Test
    void withoutACertificateStartTlsIsATemporaryError() throws IOException {
        context.set(null);
        try (RawSmtpClient client = new RawSmtpClient(server.port(STARTTLS))) {
            client.reply();
            client.say("EHLO c.example.com\r\n");
            assertThat(client.say("STARTTLS\r\n")).isEqualTo("454 4.7.0 TLS is not available now");
            assertThat(client.say("NOOP\r\n")).isEqualTo("250 2.0.0 OK");
        }
    }

    @Test
    void renegotiationByTheClientEndsTheConnection() throws IOException {
        try (RawSmtpClient client = implicit(FIRST, "TLSv1.2")) {
            client.reply();
            assertThatThrownBy(() -> {
                        ((SSLSocket) client.socket()).startHandshake();
                        client.say("NOOP\r\n");
                        client.say("NOOP\r\n");
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStalledHandshakeIsCutOff() throws IOException {
        try (RawSmtpClient client = new RawSmtpClient(server.port(IMPLICIT))) {
            assertThat(client.send(new byte[] {0x16, 3, 1}).rest()).isEmpty();
        }
    }

    private RawSmtpClient implicit(TestCertificate certificate, String version) throws IOException {
        SSLSocket socket = (SSLSocket) certificate
                .client()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port(IMPLICIT));
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return new RawSmtpClient(socket);
    }

    private static void encrypt(RawSmtpClient client, TestCertificate certificate, String version) throws IOException {
        SSLSocket socket =
                (SSLSocket) certificate.client().getSocketFactory().createSocket(client.socket(), "localhost", 0, true);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        client.use(socket);
    }

    private static SmtpServerLimits shortHandshake() {
        SmtpServerLimits.Times times = SmtpServerLimits.defaults().times();
        return SmtpServerLimits.defaults()
                .with(new SmtpServerLimits.Times(
                        times.idle(),
                        times.idleUnderStress(),
                        Duration.ofSeconds(2),
                        times.transaction(),
                        times.slowestContent(),
                        times.rateGrace(),
                        times.shutdown()));
    }

    private static String login() {
        return Base64.getEncoder()
                .encodeToString(("\0" + RecordingSmtpHandler.USER + "\0" + RecordingSmtpHandler.PASSWORD)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
