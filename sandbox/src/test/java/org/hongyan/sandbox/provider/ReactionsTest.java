package org.hongyan.sandbox.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpServer;
import org.hongyan.mail.smtp.SmtpServerHandler;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.SandboxSettings;
import org.hongyan.sandbox.SettableClock;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.inbox.MailReader;
import org.hongyan.sandbox.inbox.ParsedMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recipients do after the mail is there, against a bounce port and a web port as the service has them. */
class ReactionsTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** One request that reached the web port. */
    private record Visit(String method, String uri, String host, String agent, String body) {}

    @TempDir
    Path folder;

    private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
    private final BlockingQueue<SmtpServerHandler.Delivery> reports = new LinkedBlockingQueue<>();
    private HttpServer web;
    private SmtpServer bounces;
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(ANY, 0);
        web.createContext("/", exchange -> {
            visits.add(new Visit(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestHeaders().getFirst("User-Agent"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        bounces = SmtpServer.builder(new BounceDoor())
                .listen(ANY, SmtpServer.Mode.PLAIN)
                .start();
        sandbox = Sandbox.start(SandboxSettings.in(folder).onFreePorts(), new SettableClock());
        sandbox.operatorAt(new OperatorDoors(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), bounces.port(0)),
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), web.getAddress().getPort())));
        sandbox.dns().publish(DnsRecord.mx("mail.example.com", 10, "bounce.hongyan.test"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        bounces.close();
        web.stop(0);
    }

    @Test
    void whoOpensFetchesTheImagesThatAreOnThisMachine() throws Exception {
        behave("open");
        deliver(html("<img src=\"http://track.hongyan.test/o/abc?x=1\"><img src='https://www.example.net/x.png'>"
                + "<img src=\"cid:logo\"><a href=\"http://track.hongyan.test/c/1\">go</a>"));
        assertThat(next(visits))
                .satisfies(visit -> assertThat(visit.agent()).startsWith("Mozilla/5.0"))
                .satisfies(visit -> assertThat(visit.method() + " " + visit.uri() + " " + visit.host())
                        .isEqualTo("GET /o/abc?x=1 track.hongyan.test"));
        List<Reaction> done = reactions(2);
        assertThat(done)
                .extracting(Reaction::outcome)
                .containsExactly("HTTP 200", "www.example.net is not on this machine");
        assertThat(done).extracting(Reaction::succeeded).containsExactly(true, false);
        assertThat(visits).isEmpty();
    }

    @Test
    void whoClicksOpensFirstAndFollowsLinksButNeverTheUnsubscribeLink() throws Exception {
        behave("click");
        deliver("List-Unsubscribe: <https://track.hongyan.test/u/1>\r\n"
                + html("<img src=\"http://track.hongyan.test/o/1\">"
                        + "<a href=\"http://track.hongyan.test:"
                        + web.getAddress().getPort() + "/c/1\">offer</a>"
                        + "<a href=\"https://track.hongyan.test/c/2\">other</a>"
                        + "<a href=\"https://track.hongyan.test/u/1\">leave</a>"
                        + "<a href=\"http://track.hongyan.test/c/3\">退订</a><a href=\"mailto:x@example.com\">m</a>"));
        assertThat(List.of(next(visits), next(visits), next(visits)))
                .extracting(Visit::uri)
                .containsExactly("/o/1", "/c/1", "/c/2");
        assertThat(reactions(3))
                .extracting(Reaction::kind)
                .containsExactly(Reaction.Kind.OPEN, Reaction.Kind.CLICK, Reaction.Kind.CLICK);
    }

    @Test
    void theLinksOfAPlainTextAreFollowedToo() throws Exception {
        behave("click");
        deliver("Subject: x\r\nContent-Type: text/plain\r\n\r\nsee http://track.hongyan.test/c/9 now");
        assertThat(next(visits).uri()).isEqualTo("/c/9");
    }

    @Test
    void theUnsubscribeButtonPostsTheFormOfRfc8058() throws Exception {
        behave("unsubscribe");
        deliver("List-Unsubscribe: <mailto:u@example.com>,\r\n <https://track.hongyan.test/u/tok>\r\n"
                + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" + html("x"));
        assertThat(next(visits))
                .extracting(Visit::method, Visit::uri, Visit::body)
                .containsExactly("POST", "/u/tok", "List-Unsubscribe=One-Click");
        assertThat(reactions(1).getFirst().succeeded()).isTrue();
    }

    @Test
    void withoutThePostFieldThereIsNoUnsubscribeButton() throws Exception {
        behave("unsubscribe");
        deliver("List-Unsubscribe: <https://track.hongyan.test/u/tok>\r\n" + html("x"));
        assertThat(reactions(1).getFirst())
                .extracting(Reaction::succeeded, Reaction::outcome)
                .containsExactly(false, "the mail does not offer one-click unsubscription");
        assertThat(visits).isEmpty();
    }

    @Test
    void aComplaintIsAFeedbackReportFromTheNullPathToTheReturnPath() throws Exception {
        behave("complain");
        deliver(html("hello"));
        SmtpServerHandler.Delivery report = next(reports);
        assertThat(report.returnPath()).isEqualTo(new ReversePath.NullPath());
        assertThat(report.recipients()).containsExactly(EmailAddress.parse("b-7@mail.example.com"));
        Message message = Message.ofCanonical(report.content());
        assertThat(message.header("Content-Type").orElseThrow().unfolded())
                .startsWith("multipart/report; report-type=feedback-report; boundary=");
        ParsedMail parsed = MailReader.read(report.content());
        assertThat(part(parsed, "message/feedback-report"))
                .contains("Feedback-Type: abuse\r\n")
                .contains("Version: 1\r\n")
                .contains("Original-Mail-From: <b-7@mail.example.com>\r\n")
                .contains("Original-Rcpt-To: <li@qq.com>\r\n")
                .contains("Source-IP: 127.0.0.1\r\n");
        assertThat(new String(report.content(), StandardCharsets.UTF_8)).contains("X-Mark: original\r\n");
        assertThat(reactions(1).getFirst())
                .extracting(Reaction::kind, Reaction::succeeded, Reaction::target)
                .containsExactly(Reaction.Kind.COMPLAINT, true, "b-7@mail.example.com");
    }

    @Test
    void aLateBounceIsADeliveryReportThatQuotesTheReply() throws Exception {
        behave("bounce-later 0s 550 5.1.1 the mailbox was closed");
        deliver(html("hello\r\n.leading dot"));
        SmtpServerHandler.Delivery report = next(reports);
        assertThat(report.returnPath()).isEqualTo(new ReversePath.NullPath());
        ParsedMail parsed = MailReader.read(report.content());
        assertThat(parsed.subject()).isEqualTo("Undelivered mail returned to sender");
        assertThat(part(parsed, "message/delivery-status"))
                .contains("Reporting-MTA: dns; mx.qq.com\r\n")
                .contains("Final-Recipient: rfc822; li@qq.com\r\n")
                .contains("Action: failed\r\n")
                .contains("Status: 5.1.1\r\n")
                .contains("Diagnostic-Code: smtp; 550 5.1.1 the mailbox was closed\r\n");
        assertThat(new String(report.content(), StandardCharsets.UTF_8)).contains("\r\n.leading dot");
    }

    @Test
    void aReportWhoseDoorIsClosedSaysWhy() throws Exception {
        sandbox.dns().publish(DnsRecord.mx("elsewhere.example.com", 10, "mx1.qq.com"));
        behave("complain");
        deliver("b-7@elsewhere.example.com", html("x"));
        Reaction reaction = reactions(1).getFirst();
        assertThat(reaction.succeeded()).isFalse();
        assertThat(reaction.outcome())
                .isEqualTo("the mail exchanger of elsewhere.example.com is mx1.qq.com, not bounce.hongyan.test");
    }

    @Test
    void aMailFromTheNullPathIsNeverAnsweredByAReport() throws Exception {
        behave("complain");
        deliver("", html("x"));
        assertThat(reactions(1).getFirst().outcome()).isEqualTo("the return path is null");
        assertThat(reports).isEmpty();
    }

    @Test
    void anAnswerThatIsNotTakenIsNotedAsFailed() throws Exception {
        web.removeContext("/");
        behave("open");
        deliver(html("<img src=\"http://track.hongyan.test/o/1\">"));
        assertThat(reactions(1).getFirst())
                .extracting(Reaction::succeeded, Reaction::outcome)
                .containsExactly(false, "HTTP 404");
        assertThat(sandbox.providers().waitingReactions()).isLessThan(2);
    }

    private void behave(String behaviour) {
        sandbox.providers().setBehaviour("li@qq.com", BehaviourText.parse(behaviour));
    }

    private void deliver(String content) throws IOException {
        deliver("b-7@mail.example.com", content);
    }

    private void deliver(String returnPath, String content) throws IOException {
        try (SmtpTestClient client = new SmtpTestClient(sandbox.smtpPort())) {
            client.say("EHLO mta.hongyan.test");
            String stuffed = ("X-Mark: original\r\n" + content).replace("\r\n.", "\r\n..");
            assertThat(client.deliver(returnPath, "li@qq.com", stuffed)).startsWith("250 ");
        }
    }

    private static String html(String body) {
        return "From: news@mail.example.com\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n\r\n" + body;
    }

    private static String part(ParsedMail mail, String type) {
        return mail.attachments().stream()
                .filter(attachment -> attachment.contentType().equals(type))
                .map(attachment -> new String(attachment.content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(10, TimeUnit.SECONDS);
        assertThat(item).as("nothing came within ten seconds").isNotNull();
        return item;
    }

    private List<Reaction> reactions(int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (sandbox.providers().recentReactions().size() < count && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(sandbox.providers().recentReactions()).hasSize(count);
        return sandbox.providers().recentReactions();
    }

    /** Takes every report. */
    private final class BounceDoor implements SmtpServerHandler {
        @Override
        public Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters) {
            return Reply.of(250, "2.1.0", "ok");
        }

        @Override
        public Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters) {
            return Reply.of(250, "2.1.5", "ok");
        }

        @Override
        public Reply data(Delivery delivery) {
            reports.add(delivery);
            return Reply.of(250, "2.0.0", "ok");
        }
    }
}
