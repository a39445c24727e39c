package org.hongyan.sandbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.sandbox.verdict.DkimVerdict;
import org.hongyan.sandbox.verdict.DmarcResult;
import org.hongyan.sandbox.verdict.DmarcVerdict;
import org.hongyan.sandbox.verdict.SpfResult;
import org.hongyan.sandbox.verdict.SpfVerdict;
import org.hongyan.sandbox.verdict.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    private static final Verdicts VERDICTS = new Verdicts(
            new SpfVerdict(SpfResult.PASS, "example.com", "tab\there, line\nbreak, back\\slash"),
            List.of(
                    new DkimVerdict(DkimVerdict.Result.PASS, "example.com", "s1", "holds"),
                    new DkimVerdict(DkimVerdict.Result.PERMERROR, "", "", "no key")),
            new DmarcVerdict(DmarcResult.PASS, "example.com", "none", "DKIM passed"));

    @TempDir
    Path folder;

    @Test
    void aMailIsKeptInItsExactBytesWithEnvelopeAndVerdictsAndSurvivesARestart() {
        byte[] content = new byte[3_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        ReceivedMail stored = opened(10).store(receipt("李@例子.example", "b@qq.com"), VERDICTS, content);
        Inbox again = opened(10);
        assertThat(again.list(InboxFilter.all(), 0, 10).mails()).containsExactly(stored);
        assertThat(again.raw(stored.id()))
                .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(content));
        assertThat(again.find(stored.id())).contains(stored);
        assertThat(again.counts().byDomain()).containsEntry("qq.com", 1L);
    }

    @Test
    void theListIsNewestFirstPagedAndFiltered() {
        Inbox inbox = opened(100);
        for (int i = 1; i <= 7; i++) {
            inbox.store(
                    receipt("user" + i + "@" + (i % 2 == 0 ? "qq.com" : "163.com")), VERDICTS, mail("Subject no " + i));
        }
        assertThat(subjects(inbox.list(InboxFilter.all(), 0, 3)))
                .containsExactly("Subject no 7", "Subject no 6", "Subject no 5");
        InboxPage second = inbox.list(InboxFilter.to("@QQ.com"), 1, 10);
        assertThat(second.total()).isEqualTo(3);
        assertThat(subjects(second)).containsExactly("Subject no 4", "Subject no 2");
        assertThat(subjects(inbox.list(InboxFilter.about("NO 3"), 0, 10))).containsExactly("Subject no 3");
        assertThat(inbox.list(new InboxFilter("", "news@EXAMPLE", ""), 0, 10).total())
                .isEqualTo(7);
        assertThat(inbox.list(new InboxFilter("", "b-1@", ""), 0, 10).total()).isEqualTo(7);
        assertThat(inbox.list(new InboxFilter("user1", "nobody", ""), 0, 10).total())
                .isZero();
        assertThatThrownBy(() -> inbox.list(InboxFilter.all(), -1, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inbox.list(InboxFilter.all(), 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beyondItsBoundTheOldestGoesFromTheDiskToo() throws IOException {
        Inbox inbox = opened(3);
        for (int i = 1; i <= 5; i++) {
            inbox.store(receipt("u@qq.com"), VERDICTS, mail("no " + i));
        }
        assertThat(subjects(inbox.list(InboxFilter.all(), 0, 10))).containsExactly("no 5", "no 4", "no 3");
        assertThat(files(".eml")).isEqualTo(3);
        assertThat(subjects(opened(2).list(InboxFilter.all(), 0, 10))).containsExactly("no 5", "no 4");
        assertThat(files(".record")).isEqualTo(2);
    }

    @Test
    void clearingDeletesAllAndNoNumberIsGivenTwiceEvenAfterARestart() throws IOException {
        Inbox inbox = opened(10);
        MailId last = inbox.store(receipt("u@qq.com"), VERDICTS, mail("a")).id();
        inbox.clear();
        assertThat(inbox.list(InboxFilter.all(), 0, 10).total()).isZero();
        assertThat(inbox.counts().mails()).isZero();
        assertThat(inbox.raw(last)).isEmpty();
        assertThat(files(".eml")).isZero();
        assertThat(opened(10).store(receipt("u@qq.com"), VERDICTS, mail("b")).id())
                .isGreaterThan(last);
    }

    @Test
    void oneMailIsDeletedOnce() {
        Inbox inbox = opened(10);
        MailId id = inbox.store(receipt("u@qq.com"), VERDICTS, mail("a")).id();
        assertThat(inbox.delete(id)).isTrue();
        assertThat(inbox.delete(id)).isFalse();
        assertThat(inbox.read(id)).isEmpty();
    }

    @Test
    void whatACrashLeftHalfWrittenIsSweptAway() throws IOException {
        Inbox inbox = opened(10);
        inbox.store(receipt("u@qq.com"), VERDICTS, mail("whole"));
        Path part = folder.resolve("000000");
        Files.write(part.resolve("8.eml"), mail("without record"));
        Files.write(part.resolve("9.eml"), mail("damaged record"));
        Files.writeString(part.resolve("9.record"), "at\tnot a time\n");
        assertThat(subjects(opened(10).list(InboxFilter.all(), 0, 10))).containsExactly("whole");
        assertThat(files(".eml")).isEqualTo(1);
    }

    @Test
    void countedMailIsToldApartByItsProbeAndNotKept() throws IOException {
        Inbox inbox = opened(10);
        inbox.count(receipt("a@qq.com", "b@163.com"), probe("id-1"));
        inbox.count(receipt("a@qq.com"), probe("id-2"));
        inbox.count(receipt("a@qq.com"), probe("id-2"));
        inbox.count(receipt("a@qq.com"), mail("no probe"));
        assertThat(inbox.probes()).containsOnly(java.util.Map.entry("id-1", 1L), java.util.Map.entry("id-2", 2L));
        assertThat(inbox.counts()).isEqualTo(new ReceiptCounts(4, 5, java.util.Map.of("163.com", 1L, "qq.com", 4L)));
        assertThat(files(".eml")).isZero();
    }

    @Test
    void theProbeIsReadFromTheHeaderOnly() {
        assertThat(ReceiptTally.probeOf(
                        "Subject: x\r\nx-PROBE:  abc \r\n\r\nX-Probe: body\r\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("abc");
        assertThat(ReceiptTally.probeOf("Subject: x\r\n\r\nX-Probe: body\r\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(ReceiptTally.probeOf(new byte[0])).isEmpty();
    }

    @Test
    void waitingEndsWhenEnoughMailIsThere() throws InterruptedException {
        Inbox inbox = opened(10);
        Thread.startVirtualThread(() -> {
            inbox.store(receipt("other@qq.com"), VERDICTS, mail("other"));
            inbox.store(receipt("me@qq.com"), VERDICTS, mail("mine"));
        });
        assertThat(inbox.await(InboxFilter.to("me@"), 1, Duration.ofSeconds(10)))
                .extracting(ReceivedMail::subject)
                .containsExactly("mine");
        assertThat(inbox.await(InboxFilter.to("nobody@"), 1, Duration.ofMillis(20)))
                .isEmpty();
    }

    @Test
    void aReaderSeesDecodedFieldsTextHtmlAndAttachments() {
        String mail = """
                From: =?utf-8?B?6bi/6ZuB?= <news@example.com>
                To: li@qq.com
                Subject: =?utf-8?Q?=E4=BD=A0=E5=A5=BD?= =?utf-8?B?77yM5LiW55WM?=
                Date: Wed, 25 Nov 2026 08:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain; charset=gbk
                Content-Transfer-Encoding: base64

                xOO6ww==
                --inner
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>=E4=BD=A0=E5=A5=BD</p>
                --inner--
                --outer
                Content-Type: application/pdf
                Content-Disposition: attachment; filename="a.pdf"
                Content-Transfer-Encoding: base64

                JVBERg==
                --outer
                Content-Type: image/png
                Content-ID: <logo>
                Content-Disposition: inline

                PNG
                --outer--
                """.replace("\n", "\r\n");
        Inbox inbox = opened(10);
        ReceivedMail stored = inbox.store(receipt("li@qq.com"), VERDICTS, mail.getBytes(StandardCharsets.UTF_8));
        assertThat(stored.subject()).isEqualTo("你好，世界");
        assertThat(stored.from()).isEqualTo("鸿雁 <news@example.com>");
        ParsedMail read = inbox.read(stored.id()).orElseThrow();
        assertThat(read.subject()).isEqualTo("你好，世界");
        assertThat(read.text().strip()).isEqualTo("你好");
        assertThat(read.html().strip()).isEqualTo("<p>你好</p>");
        assertThat(read.attachments())
                .extracting(
                        ParsedMail.Attachment::name,
                        ParsedMail.Attachment::contentType,
                        ParsedMail.Attachment::contentId)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.pdf", "application/pdf", ""),
                        org.assertj.core.groups.Tuple.tuple("", "image/png", "logo"));
        assertThat(read.attachments().getFirst().content()).isEqualTo("%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(read.headers()).hasSize(6);
    }

    @Test
    void hostileMailIsStillRead() {
        List<byte[]> hostile = List.of(
                new byte[0],
                "no header at all".getBytes(StandardCharsets.UTF_8),
                "Content-Type: multipart/mixed\r\n\r\nno boundary".getBytes(StandardCharsets.UTF_8),
                "Content-Type: text/plain; charset=no-such\r\n\r\nx".getBytes(StandardCharsets.UTF_8),
                "Content-Transfer-Encoding: base64\r\n\r\n!!!!".getBytes(StandardCharsets.UTF_8),
                nested(2_000),
                filled((byte) 0),
                filled((byte) 0xff));
        Inbox inbox = opened(100);
        for (byte[] content : hostile) {
            MailId id = inbox.store(receipt("u@qq.com"), VERDICTS, content).id();
            assertThat(inbox.read(id)).isPresent();
        }
        assertThat(opened(100).list(InboxFilter.all(), 0, 100).total()).isEqualTo(hostile.size());
    }

    private Inbox opened(int most) {
        return new Inbox(folder, most);
    }

    private long files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).count();
        }
    }

    private static byte[] nested(int depth) {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        return mail.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] filled(byte octet) {
        byte[] content = new byte[5_000];
        Arrays.fill(content, octet);
        return content;
    }

    private static List<String> subjects(InboxPage page) {
        return page.mails().stream().map(ReceivedMail::subject).toList();
    }

    private static byte[] mail(String subject) {
        return ("From: news@example.com\r\nSubject: " + subject + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] probe(String id) {
        return ("From: news@example.com\r\nX-Probe: " + id + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Receipt receipt(String... recipients) {
        return new Receipt(
                Instant.parse("2026-11-25T08:00:00.123Z"),
                ReversePath.parse("b-1@mail.example.com"),
                Arrays.stream(recipients).map(EmailAddress::parse).toList(),
                "127.0.0.1",
                "mta.hongyan.test",
                true);
    }
}
