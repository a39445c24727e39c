package org.hongyan.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.message.ListUnsubscribe;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.message.MessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our signatures judged by Debian's python3-dkim, and its signatures judged by us. It needs the packages python3-dkim
 * of the system's Python, and fails without them: an unchecked signature is worth nothing.
 */
class IndependentDkimTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final DkimKey KEY = DkimKey.generateRsa2048();

    @TempDir
    Path folder;

    @Test
    void othersPassWhatWeSignAndFailWhatWasChanged() throws Exception {
        DkimSigner signer = new DkimSigner(DomainName.parse("mail.example.com"), "s1", KEY);
        List<Message> messages = messages();
        for (int i = 0; i < messages.size(); i++) {
            byte[] signed = signer.sign(messages.get(i), NOW).bytes();
            Files.write(folder.resolve("verify-" + i + ".eml"), signed);
            Files.write(
                    folder.resolve("verify-" + i + "-forged.eml"),
                    ("From: someone@example.org\r\n" + new String(signed, StandardCharsets.ISO_8859_1))
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        List<String> verdicts = python();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            expected.add("verify-" + i + ".eml True");
            expected.add("verify-" + i + "-forged.eml False");
        }
        expected.add("asked s1._domainkey.mail.example.com.");
        assertThat(verdicts).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void wePassWhatOthersSignInEveryCanonicalization() throws Exception {
        List<Message> messages = messages();
        for (int i = 0; i < messages.size(); i++) {
            Files.write(folder.resolve("sign-" + i + ".eml"), messages.get(i).bytes());
        }
        python();
        DkimVerifier verifier =
                new DkimVerifier(new PublishedRecords().with("s1._domainkey.mail.example.com", KEY.dnsRecord()));
        int checked = 0;
        try (DirectoryStream<Path> signed = Files.newDirectoryStream(folder, "signed-*.eml")) {
            for (Path file : signed) {
                Message message = Message.ofCanonical(Files.readAllBytes(file));
                // The other side signs with the time of its own clock.
                List<DkimResult> results = verifier.verify(message, Instant.parse("2100-01-01T00:00:00Z"));
                assertThat(results)
                        .as(file.getFileName().toString())
                        .singleElement()
                        .matches(DkimResult::passed);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(4 * messages.size());
    }

    private static List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        messages.add(builder("plain")
                .to(List.of(EmailAddress.parse("a@example.net")))
                .subject("A plain subject")
                .text("Hello  there \r\n\r\n. a dot\r\n\r\n\r\n")
                .build());
        messages.add(builder("chinese")
                .to(List.of(EmailAddress.parse("a@example.net"), EmailAddress.parse("b@例子.中国")))
                .cc(List.of(EmailAddress.parse("c@example.net")))
                .subject("鸿雁传书，您的验证码是 123456，请在十五分钟之内使用，不要告诉任何人")
                .html("<p>您好</p>".repeat(200))
                .text("您好\n".repeat(50))
                .attachment("报告 2026.pdf", "application/pdf", new byte[20_000])
                .header("X-Long", "word ".repeat(60) + "end")
                .build());
        messages.add(Message.normalised(
                "from:  a@mail.example.com\nSUBJECT:x\n\ty\n  z\nTo:\n b@example.net\n\n\n a \t b\n\n \n\n"
                        .getBytes(StandardCharsets.US_ASCII)));
        messages.add(Message.normalised("From: a@mail.example.com\nTo: b@example.net\nSubject: nothing below\n\n"
                .getBytes(StandardCharsets.US_ASCII)));
        return messages;
    }

    private static MessageBuilder builder(String seed) {
        return new MessageBuilder(seed)
                .from(EmailAddress.parse("news@mail.example.com"), "鸿雁 News")
                .date(NOW, ZoneId.of("Asia/Shanghai"))
                .messageId("<" + seed + "@mail.example.com>")
                .unsubscribe(ListUnsubscribe.byLink(URI.create("https://mail.example.com/u/" + "x".repeat(100))));
    }

    private List<String> python() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("record.txt"), KEY.dnsRecord());
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(KEY.pkcs8())
                        + "\n-----END PRIVATE KEY-----\n");
        Path script = folder.resolve("dkim_by_others.py");
        try (InputStream source = IndependentDkimTest.class.getResourceAsStream("dkim_by_others.py")) {
            assertThat(source).isNotNull();
            Files.write(script, source.readAllBytes());
        }
        Process process = new ProcessBuilder("/usr/bin/python3", script.toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("python3-dkim must be installed (apt-get install python3-dkim). It said: %s", output)
                .isZero();
        return output.lines().toList();
    }
}
