package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that say nothing, too little, too slowly, or never listen. */
@Timeout(30)
class SmtpServerDeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String IDLE = "421 4.4.2 Nothing heard for too long, closing the connection";

    private final RecordingSmtpHandler handler = new RecordingSmtpHandler();
    private final List<SmtpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(SmtpServer::close);
    }

    @Test
    void silenceIsAnsweredWith421() throws IOException {
        SmtpServer server = start(times(SHORT, LONG, LONG, 0, LONG));
        try (RawSmtpClient client = greeted(server)) {
            assertThat(client.rest()).isEqualTo(IDLE);
        }
    }

    @Test
    void aDripOfSingleOctetsIsJudgedByTheWholeCommand() throws IOException {
        SmtpServer server = start(times(Duration.ofMillis(600), LONG, LONG, 0, LONG));
        try (RawSmtpClient client = greeted(server)) {
            assertThat(drip(client, "NOOP " + "x".repeat(500), 1)).isEqualTo(IDLE);
        }
    }

    @Test
    void contentThatStopsIsAnsweredWith421() throws IOException {
        SmtpServer server = start(times(SHORT, LONG, LONG, 0, LONG));
        try (RawSmtpClient client = inData(server)) {
            assertThat(client.send("Subject: x\r\n").rest()).isEqualTo(IDLE);
        }
        assertThat(server.contentBytes()).isZero();
    }

    @Test
    void contentThatComesTooSlowlyIsAnsweredWith421() throws IOException {
        SmtpServer server = start(times(LONG, LONG, LONG, 5_000, SHORT));
        try (RawSmtpClient client = inData(server)) {
            assertThat(drip(client, "a line\r\n".repeat(200), 8))
                    .isEqualTo("421 4.4.2 The message comes too slowly, closing the connection");
        }
        assertThat(handler.deliveries).isEmpty();
    }

    @Test
    void aTransactionHasADeadlineEvenWhenBusy() throws IOException {
        SmtpServer server = start(times(LONG, LONG, SHORT, 0, LONG));
        try (RawSmtpClient client = greeted(server)) {
            client.say("MAIL FROM:<a@example.com>\r\n");
            String command = "RCPT TO:<b@example.org>\r\n";
            assertThat(drip(client, command, command.length()))
                    .endsWith("421 4.4.2 The transaction took too long, closing the connection");
        }
    }

    @Test
    void aClientThatNeverReadsIsCutOff() throws Exception {
        SmtpServer server = start(times(SHORT, LONG, LONG, 0, LONG));
        try (RawSmtpClient client = greeted(server)) {
            byte[] flood = "HELP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            Thread writer = Thread.startVirtualThread(() -> {
                try {
                    for (int i = 0; i < 1_000; i++) {
                        client.send(flood);
                    }
                } catch (IOException cutOff) {
                    assertThat(cutOff).isNotNull();
                }
            });
            assertThat(writer.join(Duration.ofSeconds(20))).isTrue();
        }
        awaitNoConnection(server);
    }

    @Test
    void underStressPatienceIsShortForThoseWhoAreIdleAlready() throws IOException {
        SmtpServer server = start(SmtpServerLimits.defaults()
                .with(times(LONG, SHORT, LONG, 0, LONG))
                .withConnections(10, 50));
        List<RawSmtpClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                clients.add(greeted(server));
            }
            clients.getFirst().socket().setSoTimeout(1_000);
            assertThat(silent(clients.getFirst())).isTrue();
            clients.add(greeted(server));
            clients.getFirst().socket().setSoTimeout(10_000);
            assertThat(clients.getFirst().rest()).isEqualTo(IDLE);
        } finally {
            for (RawSmtpClient client : clients) {
                client.close();
            }
        }
    }

    private static boolean silent(RawSmtpClient client) throws IOException {
        try {
            client.reply();
            return false;
        } catch (SocketTimeoutException nothing) {
            return true;
        }
    }

    /** Sends {@code step} octets each 30 ms, over and over, until the server ends it; returns all it said. */
    private static String drip(RawSmtpClient client, String text, int step) throws IOException {
        client.socket().setSoTimeout(30);
        StringBuilder said = new StringBuilder();
        for (int i = 0; ; i = (i + step) % text.length()) {
            try {
                client.send(text.substring(i, Math.min(text.length(), i + step)));
                String reply = client.reply();
                said.append(said.isEmpty() ? "" : "\n").append(reply);
                if (reply.startsWith("421") || reply.isEmpty()) {
                    return said.toString();
                }
            } catch (SocketTimeoutException nothingYet) {
                assertThat(i).isNotNegative();
            }
        }
    }

    private SmtpServer start(SmtpServerLimits.Times times) {
        SmtpServerLimits.Commands patient = new SmtpServerLimits.Commands(1_000, 2_048, 12_288, 20, 1_000_000_000, 5);
        return start(SmtpServerLimits.defaults().with(times).with(patient));
    }

    private SmtpServer start(SmtpServerLimits limits) {
        SmtpServer server = SmtpServer.builder(handler)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SmtpServer.Mode.PLAIN)
                .limits(limits)
                .start();
        servers.add(server);
        return server;
    }

    private static SmtpServerLimits.Times times(
            Duration idle, Duration stress, Duration transaction, int rate, Duration grace) {
        return new SmtpServerLimits.Times(idle, stress, LONG, transaction, rate, grace, Duration.ofSeconds(1));
    }

    private static RawSmtpClient greeted(SmtpServer server) throws IOException {
        RawSmtpClient client = new RawSmtpClient(server.port(0));
        client.reply();
        client.say("EHLO c.example.com\r\n");
        return client;
    }

    private static RawSmtpClient inData(SmtpServer server) throws IOException {
        RawSmtpClient client = greeted(server);
        client.say("MAIL FROM:<a@example.com>\r\n");
        client.say("RCPT TO:<b@example.org>\r\n");
        client.say("DATA\r\n");
        return client;
    }

    private static void awaitNoConnection(SmtpServer server) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (server.connections() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(server.connections()).isZero();
    }
}
