package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpServerTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final RecordingSmtpHandler handler = new RecordingSmtpHandler();
    private final SmtpServer server = SmtpServer.builder(handler)
            .hostName("mx.example.com")
            .listen(ANY_PORT, SmtpServer.Mode.PLAIN)
            .extensions(EnumSet.allOf(SmtpServer.Extension.class))
            .authWithoutTls(true)
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMessageGoesThroughByteForByte() throws IOException {
        try (RawSmtpClient client = connect()) {
            client.say("EHLO client.example.com\r\n");
            assertThat(client.say("MAIL FROM:<a@example.com>\r\n")).isEqualTo("250 2.1.0 OK");
            assertThat(client.say("RCPT TO:<b@example.org>\r\n")).isEqualTo("250 2.1.0 OK");
            assertThat(client.say("RCPT TO:<c@example.org>\r\n")).isEqualTo("250 2.1.0 OK");
            assertThat(client.say("DATA\r\n")).isEqualTo("354 End the message with <CRLF>.<CRLF>");
            assertThat(client.say("Subject: 鸿雁\r\n\r\n..dot\r\n...\r\n.x\r\nlast\r\n.\r\n"))
                    .isEqualTo("250 2.0.0 Kept as 1");
            assertThat(client.say("QUIT\r\n")).isEqualTo("221 2.0.0 mx.example.com closing the connection");
            assertThat(client.rest()).isEmpty();
        }
        SmtpServerHandler.Delivery delivery = handler.deliveries.getFirst();
        assertThat(text(delivery)).isEqualTo("Subject: 鸿雁\r\n\r\n.dot\r\n..\r\nx\r\nlast\r\n");
        assertThat(delivery.returnPath()).hasToString("a@example.com");
        assertThat(delivery.recipients()).map(Object::toString).containsExactly("b@example.org", "c@example.org");
        assertThat(delivery.peer().helloName()).isEqualTo("client.example.com");
    }

    @Test
    void ehloAnnouncesWhatIsOffered() throws IOException {
        try (RawSmtpClient client = new RawSmtpClient(server.port(0))) {
            assertThat(client.reply()).isEqualTo("220 mx.example.com ESMTP");
            assertThat(client.say("EHLO [127.0.0.1]\r\n")).isEqualTo("""
                            250-mx.example.com
                            250-SIZE 10485760
                            250-PIPELINING
                            250-8BITMIME
                            250-SMTPUTF8
                            250-CHUNKING
                            250-ENHANCEDSTATUSCODES
                            250-DSN
                            250 AUTH PLAIN LOGIN""");
        }
    }

    @Test
    void aPipelinedGroupIsAnsweredInOneWriteAndInOrder() throws IOException {
        try (RawSmtpClient client = greeted()) {
            client.send(lines(
                    "MAIL FROM:<a@example.com>",
                    "RCPT TO:<b@example.org>",
                    "RCPT TO:<unknown@example.org>",
                    "RCPT TO:<later@example.org>",
                    "DATA"));
            String expected = lines(
                    "250 2.1.0 OK",
                    "250 2.1.0 OK",
                    "550 5.1.1 No such mailbox",
                    "451 4.7.1 Try again later",
                    "354 End the message with <CRLF>.<CRLF>");
            byte[] read = new byte[4096];
            int length = client.socket().getInputStream().read(read);
            assertThat(new String(read, 0, length, StandardCharsets.US_ASCII)).isEqualTo(expected);
            assertThat(client.say("x\r\n.\r\n")).isEqualTo("250 2.0.0 Kept as 1");
        }
        assertThat(handler.deliveries.getFirst().recipients()).hasSize(1);
    }

    @Test
    void manyMessagesMayBePipelinedInOnePiece() throws IOException {
        String one = "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.org>\r\nDATA\r\nSubject: x\r\n\r\nbody\r\n.\r\n";
        try (RawSmtpClient client = greeted()) {
            client.send(one.repeat(200) + "QUIT\r\n");
            assertThat(client.rest().lines().filter(line -> line.startsWith("250 2.0.0 Kept")))
                    .hasSize(200);
        }
        assertThat(handler.deliveries)
                .hasSize(200)
                .allSatisfy(delivery -> assertThat(text(delivery)).isEqualTo("Subject: x\r\n\r\nbody\r\n"));
    }

    @Test
    void aThousandRecipientsPipelinedAreAllAccepted() throws IOException {
        StringBuilder group = new StringBuilder("MAIL FROM:<>\r\n");
        for (int i = 0; i <= 1000; i++) {
            group.append("RCPT TO:<r").append(i).append("@example.org>\r\n");
        }
        try (RawSmtpClient client = greeted()) {
            client.send(group.toString());
            for (int i = 0; i <= 1000; i++) {
                assertThat(client.reply()).isEqualTo("250 2.1.0 OK");
            }
            assertThat(client.reply()).isEqualTo("452 4.5.3 Too many recipients");
            client.say("DATA\r\n");
            assertThat(client.say("x\r\n.\r\n")).isEqualTo("250 2.0.0 Kept as 1");
        }
        assertThat(handler.deliveries.getFirst().recipients()).hasSize(1000);
    }

    @Test
    void chunksMakeOneMessageAndMayCutAnywhere() throws IOException {
        try (RawSmtpClient client = inTransaction()) {
            assertThat(client.say("BDAT 12\r\nSubject: x\r\n")).isEqualTo("250 2.0.0 12 octets received");
            assertThat(client.say("BDAT 5\r\n\r\n.\r\n")).isEqualTo("250 2.0.0 5 octets received");
            assertThat(client.say("BDAT 2\r\ny\r")).isEqualTo("250 2.0.0 2 octets received");
            assertThat(client.say("NOOP\r\n")).isEqualTo("250 2.0.0 OK");
            assertThat(client.say("MAIL FROM:<a@example.com>\r\n")).startsWith("503 5.5.1");
            assertThat(client.say("RCPT TO:<a@example.com>\r\n"))
                    .isEqualTo("503 5.5.1 Only BDAT, RSET, NOOP and QUIT until the last chunk");
            assertThat(client.say("DATA\r\n"))
                    .isEqualTo("503 5.5.1 Only BDAT, RSET, NOOP and QUIT until the last chunk");
            assertThat(client.say("BDAT 5 LAST\r\n\nQUIT")).isEqualTo("250 2.0.0 Kept as 1");
        }
        assertThat(text(handler.deliveries.getFirst())).isEqualTo("Subject: x\r\n\r\n.\r\ny\r\nQUIT\r\n");
    }

    @Test
    void aChunkNobodyWantsIsReadAndNeverTakenForCommands() throws IOException {
        String inner = "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.org>\r\n";
        try (RawSmtpClient client = greeted()) {
            assertThat(client.say("BDAT " + inner.length() + "\r\n" + inner)).isEqualTo("503 5.5.1 Send MAIL first");
            client.say("MAIL FROM:<a@example.com>\r\n");
            assertThat(client.say("BDAT " + inner.length() + " LAST\r\n" + inner))
                    .isEqualTo("554 5.5.1 No valid recipient");
            assertThat(client.say("NOOP\r\n")).isEqualTo("250 2.0.0 OK");
        }
        assertThat(handler.deliveries).isEmpty();
    }

    @Test
    void anEmptyLastChunkEndsTheMessage() throws IOException {
        try (RawSmtpClient client = inTransaction()) {
            client.say("BDAT 3\r\nx\r\n");
            assertThat(client.say("BDAT 0 LAST\r\n")).isEqualTo("250 2.0.0 Kept as 1");
        }
        assertThat(text(handler.deliveries.getFirst())).isEqualTo("x\r\n");
    }

    @Test
    void authPlainAndLoginKnowTheUser() throws IOException {
        String plain = base64("\0" + RecordingSmtpHandler.USER + "\0" + RecordingSmtpHandler.PASSWORD);
        try (RawSmtpClient client = greeted()) {
            assertThat(client.say("AUTH PLAIN " + plain + "\r\n")).isEqualTo("235 2.7.0 Authenticated");
            assertThat(client.say("AUTH PLAIN " + plain + "\r\n")).isEqualTo("503 5.5.1 Already authenticated");
        }
        try (RawSmtpClient client = greeted()) {
            assertThat(client.say("auth plain\r\n")).isEqualTo("334 ");
            assertThat(client.say(plain + "\r\n")).isEqualTo("235 2.7.0 Authenticated");
        }
        try (RawSmtpClient client = greeted()) {
            assertThat(client.say("AUTH LOGIN\r\n")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(client.say(base64(RecordingSmtpHandler.USER) + "\r\n")).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.say(base64(RecordingSmtpHandler.PASSWORD) + "\r\n"))
                    .isEqualTo("235 2.7.0 Authenticated");
        }
        try (RawSmtpClient client = greeted()) {
            assertThat(client.say("AUTH LOGIN " + base64(RecordingSmtpHandler.USER) + "\r\n"))
                    .isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.say(base64(RecordingSmtpHandler.PASSWORD) + "\r\n"))
                    .isEqualTo("235 2.7.0 Authenticated");
            client.say("MAIL FROM:<a@example.com> AUTH=<>\r\n");
            client.say("RCPT TO:<b@example.org>\r\n");
            client.say("DATA\r\n");
            client.say("x\r\n.\r\n");
        }
        assertThat(handler.deliveries.getFirst().peer().identity()).isEqualTo(RecordingSmtpHandler.USER);
    }

    @Test
    void guessingPasswordsEndsTheSession() throws IOException {
        String wrong = base64("\0zhang@example.com\0wrong");
        try (RawSmtpClient client = greeted()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.say("AUTH PLAIN " + wrong + "\r\n")).isEqualTo("535 5.7.8 No such account");
            }
            assertThat(client.rest()).isEqualTo("421 4.7.0 Too many failed logins, closing the connection");
        }
    }

    @Test
    void parametersReachTheHandler() throws IOException {
        try (RawSmtpClient client = greeted()) {
            assertThat(
                            client.say(
                                    "mail from: <a@example.com> size=1000 body=8bitmime RET=hdrs ENVID=QQ+3D1 SMTPUTF8 AUTH=a@b\r\n"))
                    .isEqualTo("250 2.1.0 OK");
            assertThat(client.say("rcpt to:<张三@例子.example> NOTIFY=success,FAILURE ORCPT=rfc822;b+2Bc@example.org \r\n"))
                    .isEqualTo("250 2.1.0 OK");
            client.say("DATA\r\n");
            client.say("x\r\n.\r\n");
        }
        SmtpServerHandler.Delivery delivery = handler.deliveries.getFirst();
        assertThat(delivery.parameters())
                .isEqualTo(new SmtpServerHandler.MailParameters(1000, true, true, "HDRS", "QQ+3D1"));
        assertThat(handler.rcptParameters)
                .containsExactly(new SmtpServerHandler.RcptParameters("SUCCESS,FAILURE", "rfc822;b+2Bc@example.org"));
        assertThat(delivery.recipients()).map(Object::toString).containsExactly("张三@xn--fsqu00a.example");
    }

    @Test
    void postmasterNeedsNoDomain() throws IOException {
        try (RawSmtpClient client = greeted()) {
            client.say("MAIL FROM:<>\r\n");
            assertThat(client.say("RCPT TO:<PostMaster>\r\n")).isEqualTo("250 2.1.0 OK");
            client.say("DATA\r\n");
            client.say("x\r\n.\r\n");
        }
        assertThat(handler.deliveries.getFirst().recipients())
                .map(Object::toString)
                .containsExactly("postmaster@mx.example.com");
    }

    @Test
    void rsetAndEhloForgetTheTransaction() throws IOException {
        try (RawSmtpClient client = inTransaction()) {
            assertThat(client.say("RSET\r\n")).isEqualTo("250 2.0.0 OK");
            assertThat(client.say("DATA\r\n")).isEqualTo("503 5.5.1 Send MAIL first");
            client.say("MAIL FROM:<a@example.com>\r\n");
            client.say("RCPT TO:<b@example.org>\r\n");
            client.say("EHLO again.example.com\r\n");
            assertThat(client.say("DATA\r\n")).isEqualTo("503 5.5.1 Send MAIL first");
        }
    }

    @Test
    void aFailingHandlerIsATemporaryErrorWithoutDetail() throws IOException {
        try (RawSmtpClient client = greeted()) {
            String expected = "451 4.3.0 Local error in processing, try again later";
            assertThat(client.say("MAIL FROM:<broken@example.com>\r\n")).isEqualTo(expected);
            assertThat(client.say("MAIL FROM:<odd@example.com>\r\n")).isEqualTo(expected);
            assertThat(client.say("MAIL FROM:<a@example.com>\r\n")).isEqualTo("250 2.1.0 OK");
        }
    }

    @Test
    void theHandlerMayEndTheConnectionWithOrWithoutAWord() throws IOException {
        try (RawSmtpClient client = greeted()) {
            assertThat(client.send("MAIL FROM:<bye@example.com>\r\nNOOP\r\n").rest())
                    .isEqualTo("421 4.3.2 Going away");
        }
        try (RawSmtpClient client = greeted()) {
            assertThat(client.send("MAIL FROM:<vanish@example.com>\r\n").rest()).isEmpty();
        }
    }

    @Test
    void strangersWhoGuessAddressesAreCutOffButCustomersAreNot() throws IOException {
        try (RawSmtpClient client = greeted()) {
            client.say("MAIL FROM:<a@example.com>\r\n");
            client.send("RCPT TO:<unknown@example.org>\r\n".repeat(30));
            assertThat(client.rest().lines()).hasSize(21).endsWith("421 4.7.0 Too many errors, closing the connection");
        }
        try (RawSmtpClient client = greeted()) {
            client.say("AUTH PLAIN "
                    + base64("\0" + RecordingSmtpHandler.USER + "\0" + RecordingSmtpHandler.PASSWORD)
                    + "\r\n");
            client.say("MAIL FROM:<a@example.com>\r\n");
            for (int i = 0; i < 100; i++) {
                assertThat(client.say("RCPT TO:<unknown@example.org>\r\n")).isEqualTo("550 5.1.1 No such mailbox");
            }
        }
    }

    @Test
    void heloKnowsNoParameters() throws IOException {
        try (RawSmtpClient client = new RawSmtpClient(server.port(0))) {
            client.reply();
            assertThat(client.say("HELO client\r\n")).isEqualTo("250 mx.example.com");
            assertThat(client.say("MAIL FROM:<a@example.com> SIZE=5\r\n"))
                    .isEqualTo("555 5.5.4 Parameter SIZE is not known here");
            assertThat(client.say("MAIL FROM:<a@example.com>\r\n")).isEqualTo("250 2.1.0 OK");
        }
    }

    @Test
    void linesMayBeExactlyAsLongAsAllowed() throws IOException {
        try (RawSmtpClient client = greeted()) {
            assertThat(client.say("NOOP " + "x".repeat(2_041) + "\r\n")).isEqualTo("250 2.0.0 OK");
            client.say("AUTH PLAIN\r\n");
            assertThat(client.say("A".repeat(12_284) + "\r\n"))
                    .isEqualTo("501 5.5.2 The response is not base64 of what the mechanism asks for");
            client.say("MAIL FROM:<a@example.com>\r\n");
            client.say("RCPT TO:<b@example.org>\r\n");
            client.say("DATA\r\n");
            assertThat(client.say("\r\n" + "." + "x".repeat(998) + "\r\n.\r\n")).isEqualTo("250 2.0.0 Kept as 1");
        }
    }

    @Test
    void theHandlerIsToldOfEachEnd() throws Exception {
        try (RawSmtpClient client = greeted()) {
            client.say("NOOP\r\n");
        }
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (handler.ended.isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(handler.ended).hasSize(1);
    }

    private RawSmtpClient connect() throws IOException {
        RawSmtpClient client = new RawSmtpClient(server.port(0));
        client.reply();
        return client;
    }

    private RawSmtpClient greeted() throws IOException {
        RawSmtpClient client = connect();
        client.say("EHLO client.example.com\r\n");
        return client;
    }

    private RawSmtpClient inTransaction() throws IOException {
        RawSmtpClient client = greeted();
        client.say("MAIL FROM:<a@example.com>\r\n");
        client.say("RCPT TO:<b@example.org>\r\n");
        return client;
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SmtpServerHandler.Delivery delivery) {
        return new String(delivery.content(), StandardCharsets.UTF_8);
    }
}
