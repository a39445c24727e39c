package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmtpServerConnectionsTest {

    private final RecordingSmtpHandler handler = new RecordingSmtpHandler();
    private final List<SmtpServer> servers = new ArrayList<>();
    private final List<RawSmtpClient> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawSmtpClient client : clients) {
            client.close();
        }
        servers.forEach(SmtpServer::close);
    }

    @Test
    void oneTooManyIsGreetedWith421AndRoomIsMadeByLeaving() throws IOException {
        SmtpServer server = start(SmtpServerLimits.defaults().withConnections(2, 50));
        connect(server);
        RawSmtpClient second = connect(server);
        assertThat(open(server).rest()).isEqualTo("421 4.3.2 Too many connections, try again later");
        second.say("QUIT\r\n");
        second.rest();
        await(() -> server.connections() == 1);
        assertThat(open(server).reply()).startsWith("220 ");
    }

    @Test
    void oneAddressMayHoldSoManyButThoseSignedInDoNotCount() throws IOException {
        SmtpServer server = start(SmtpServerLimits.defaults().withConnections(100, 2));
        RawSmtpClient first = connect(server);
        connect(server);
        assertThat(open(server).rest()).isEqualTo("421 4.7.0 Too many connections from your address");
        first.say("EHLO c.example.com\r\n");
        assertThat(first.say("AUTH PLAIN AHpoYW5nQGV4YW1wbGUuY29tAOWPo+S7pCBzZWNyZXQ=\r\n"))
                .isEqualTo("235 2.7.0 Authenticated");
        assertThat(open(server).reply()).startsWith("220 ");
        assertThat(open(server).reply()).startsWith("421 ");
        first.say("QUIT\r\n");
        first.rest();
        assertThat(open(server).reply()).startsWith("421 ");
    }

    @Test
    void addressesThatAreNotCountedMayHoldAsManyAsThereAreInAll() throws IOException {
        SmtpServer server = SmtpServer.builder(handler)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SmtpServer.Mode.PLAIN)
                .limits(SmtpServerLimits.defaults().withConnections(3, 1))
                .uncounted(InetAddress::isLoopbackAddress)
                .start();
        servers.add(server);
        for (int i = 0; i < 3; i++) {
            connect(server);
        }
        assertThat(open(server).rest()).isEqualTo("421 4.3.2 Too many connections, try again later");
    }

    @Test
    void aThousandIdleConnectionsLeaveRoomForOthers() throws IOException {
        SmtpServer server = start(SmtpServerLimits.defaults().withConnections(10_000, 10_000));
        for (int i = 0; i < 1_000; i++) {
            connect(server);
        }
        assertThat(server.connections()).isEqualTo(1_000);
        RawSmtpClient client = connect(server);
        client.say("EHLO c.example.com\r\n");
        for (int i = 1; i <= 50; i++) {
            client.say("MAIL FROM:<a@example.com>\r\n");
            client.say("RCPT TO:<b@example.org>\r\n");
            client.say("DATA\r\n");
            assertThat(client.say("x\r\n.\r\n")).isEqualTo("250 2.0.0 Kept as " + i);
        }
        assertThat(server.contentBytes()).isZero();
    }

    @Test
    void closingTellsTheIdleAndLetsARunningMessageFinish() throws Exception {
        SmtpServer server = start(SmtpServerLimits.defaults());
        RawSmtpClient idle = connect(server);
        RawSmtpClient busy = inData(server);
        busy.send("half\r\n");
        await(() -> server.contentBytes() > 0);
        Thread closing = Thread.startVirtualThread(server::close);
        assertThat(idle.rest()).isEqualTo("421 4.3.2 The service is stopping, try again later");
        // The kernel may take a connection or two until the thread that waits in accept has let go of the socket.
        await(() -> refusesConnections(server));
        assertThat(busy.send("rest\r\n.\r\n").rest())
                .isEqualTo("250 2.0.0 Kept as 1\n421 4.3.2 The service is stopping, try again later");
        assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
        assertThat(server.connections()).isZero();
    }

    private boolean refusesConnections(SmtpServer server) {
        try {
            open(server);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException otherwise) {
            return false;
        }
    }

    @Test
    void closingDoesNotWaitForAMessageForever() throws Exception {
        SmtpServerLimits.Times times = SmtpServerLimits.defaults().times();
        SmtpServer server = start(SmtpServerLimits.defaults()
                .with(new SmtpServerLimits.Times(
                        times.idle(),
                        times.idleUnderStress(),
                        times.handshake(),
                        times.transaction(),
                        0,
                        times.rateGrace(),
                        Duration.ofMillis(200))));
        RawSmtpClient busy = inData(server);
        busy.send("half\r\n");
        await(() -> server.contentBytes() > 0);
        Thread closing = Thread.startVirtualThread(server::close);
        assertThat(busy.rest()).isEqualTo("421 4.3.2 The service is stopping, try again later");
        assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
        assertThat(handler.deliveries).isEmpty();
    }

    @Test
    void whenMessagesTakeTooMuchMemoryTheNextIsDeferredAndTheConnectionLives() throws IOException {
        SmtpServerLimits limits = SmtpServerLimits.defaults();
        SmtpServer server = start(limits.with(new SmtpServerLimits.Connections(100, 100, 60_000)));
        RawSmtpClient holder = inData(server);
        holder.send("x\r\n".repeat(10_000));
        await(() -> server.contentBytes() > 30_000);
        RawSmtpClient client = inData(server);
        assertThat(client.say("x\r\n".repeat(10_000) + ".\r\n"))
                .isEqualTo("452 4.3.1 Not enough room for the message now, try again later");
        holder.close();
        await(() -> server.contentBytes() == 0);
        client.say("MAIL FROM:<a@example.com>\r\n");
        client.say("RCPT TO:<b@example.org>\r\n");
        client.say("DATA\r\n");
        assertThat(client.say("x\r\n.\r\n")).isEqualTo("250 2.0.0 Kept as 1");
    }

    @Test
    void aTakenPortLeavesNothingOpen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int freePort = free.getLocalPort();
            free.close();
            InetSocketAddress second = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
            SmtpServer.Builder builder = SmtpServer.builder(handler)
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort), SmtpServer.Mode.PLAIN)
                    .listen(second, SmtpServer.Mode.PLAIN);
            assertThatThrownBy(builder::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
            new ServerSocket(freePort, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    private SmtpServer start(SmtpServerLimits limits) {
        SmtpServer server = SmtpServer.builder(handler)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SmtpServer.Mode.PLAIN)
                .extensions(EnumSet.allOf(SmtpServer.Extension.class))
                .authWithoutTls(true)
                .limits(limits)
                .start();
        servers.add(server);
        return server;
    }

    private RawSmtpClient open(SmtpServer server) throws IOException {
        RawSmtpClient client = new RawSmtpClient(server.port(0));
        clients.add(client);
        return client;
    }

    private RawSmtpClient connect(SmtpServer server) throws IOException {
        RawSmtpClient client = open(server);
        assertThat(client.reply()).startsWith("220 ");
        return client;
    }

    private RawSmtpClient inData(SmtpServer server) throws IOException {
        RawSmtpClient client = connect(server);
        client.say("EHLO c.example.com\r\n");
        client.say("MAIL FROM:<a@example.com>\r\n");
        client.say("RCPT TO:<b@example.org>\r\n");
        client.say("DATA\r\n");
        return client;
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
