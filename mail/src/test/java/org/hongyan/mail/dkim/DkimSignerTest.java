package org.hongyan.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.message.Message;
import org.junit.jupiter.api.Test;

class DkimSignerTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final DomainName DOMAIN = DomainName.parse("mail.example.com");
    private static final DkimKey KEY = DkimKey.generateRsa2048();
    private static final DkimSigner SIGNER = new DkimSigner(DOMAIN, "s1", KEY);
    private static final DkimVerifier VERIFIER =
            new DkimVerifier(new PublishedRecords().with("s1._domainkey.mail.example.com", KEY.dnsRecord()));

    private static final String FULL = """
            Received: from nowhere
            From: =?UTF-8?B?6bi/6ZuB?= <news@mail.example.com>
            Reply-To: help@mail.example.com
            To: a@example.net,
             b@example.net
            Cc: c@example.net
            Subject: =?UTF-8?B?5L2g5aW9?=
            Date: Wed, 25 Nov 2026 18:00:00 +0800
            Message-ID: <1@mail.example.com>
            List-Unsubscribe: <https://example.com/u/1>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            MIME-Version: 1.0
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 8bit
            X-Other: not signed

            hello  there\t

            """;

    @Test
    void everyFieldThatMattersIsSignedAndFourAreOversigned() {
        List<String> signed = signedNames(SIGNER.sign(message(FULL), NOW));
        assertThat(signed)
                .containsExactly(
                        "From",
                        "From",
                        "Reply-To",
                        "To",
                        "To",
                        "Cc",
                        "Subject",
                        "Subject",
                        "Date",
                        "Date",
                        "Message-ID",
                        "MIME-Version",
                        "Content-Type",
                        "Content-Transfer-Encoding",
                        "List-Unsubscribe",
                        "List-Unsubscribe-Post");
    }

    @Test
    void theSignatureHasTimeAndNoBodyLength() {
        String field = signatureOf(SIGNER.sign(message(FULL), NOW));
        assertThat(field)
                .startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.example.com;")
                .contains("t=" + NOW.getEpochSecond() + ";")
                .doesNotContain("l=");
    }

    @Test
    void noLineOfTheSignatureIsLongerThan78() {
        String longest = "a".repeat(60);
        DkimSigner long1 = new DkimSigner(DomainName.parse(longest + ".example.com"), "selector-2026-11", KEY);
        for (DkimSigner signer : List.of(SIGNER, long1)) {
            assertThat(signatureOf(signer.sign(message(FULL), NOW)).split("\r\n"))
                    .allMatch(line -> line.length() <= 78, "at most 78")
                    .allMatch(line -> !line.isBlank(), "not blank");
        }
    }

    @Test
    void whatIsSignedIsVerifiedWhateverItHolds() {
        for (String text : List.of(
                FULL,
                "From: a@mail.example.com\n\n",
                "From: a@mail.example.com\n",
                "From: a@mail.example.com",
                "\nno header at all\n",
                "From : a@mail.example.com\nSUBJECT:x\nsubject: y\n\n\n\n body \n \n\n",
                "From: a@mail.example.com\nTo:\nSubject:\n \n\n.\n..\n",
                "From: a@mail.example.com\nTo: " + "b@example.net,\n ".repeat(2000) + "c@example.net\n\nx")) {
            Message signed = SIGNER.sign(message(text), NOW);
            assertThat(VERIFIER.verify(signed, NOW)).as(text).singleElement().matches(DkimResult::passed);
        }
    }

    @Test
    void whatRelaxedAllowsToChangeMayChange() {
        String signed = text(SIGNER.sign(message(FULL), NOW));
        String relaxed = signed.replace("Subject: ", "SUBJECT:   ")
                .replace("To: a@example.net,\r\n b@", "To: a@example.net, b@")
                .replace("hello  there\t", "hello there")
                .replace("X-Other: not signed", "X-Other: changed");
        assertThat(VERIFIER.verify(message(relaxed), NOW)).allMatch(DkimResult::passed);
    }

    @Test
    void addingASecondFromToSubjectOrDateBreaksTheSignature() {
        String signed = text(SIGNER.sign(message(FULL), NOW));
        for (String name : List.of("From", "from", "To", "Subject", "Date", "From ")) {
            Message above = message(name + ": forged@example.org\r\n" + signed);
            assertThat(VERIFIER.verify(above, NOW)).as("%s above", name).noneMatch(DkimResult::passed);
            Message below = message(signed.replace("X-Other:", name + ": forged@example.org\r\nX-Other:"));
            assertThat(VERIFIER.verify(below, NOW)).as("%s below", name).noneMatch(DkimResult::passed);
        }
    }

    @Test
    void anySignedFieldOrTheBodyCannotChange() {
        String signed = text(SIGNER.sign(message(FULL), NOW));
        for (String[] change : new String[][] {
            {"news@", "mews@"},
            {"help@", "whelp@"},
            {"c@example.net", "d@example.net"},
            {"5L2g5aW9", "5L2g5aW8"},
            {"18:00:00", "18:00:01"},
            {"<1@", "<2@"},
            {"/u/1", "/u/2"},
            {"One-Click", "Two-Click"},
            {"text/plain", "text/html"},
            {"8bit", "7bit"},
            {"hello  there", "hellothere"},
            {"hello", "Hello"},
            {"t=17", "t=16"},
        }) {
            assertThat(signed).contains(change[0]);
            assertThat(VERIFIER.verify(message(signed.replace(change[0], change[1])), NOW))
                    .as("%s for %s", change[1], change[0])
                    .noneMatch(DkimResult::passed);
        }
        assertThat(VERIFIER.verify(message(signed + "appended\r\n"), NOW)).noneMatch(DkimResult::passed);
    }

    @Test
    void manyThreadsShareASigner() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Message>> work = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Message message = message(FULL.replace("hello", "hello " + i));
                work.add(() -> SIGNER.sign(message, NOW));
            }
            for (Future<Message> signed : threads.invokeAll(work)) {
                assertThat(VERIFIER.verify(signed.get(), NOW)).singleElement().matches(DkimResult::passed);
            }
        }
    }

    @Test
    void aKeySurvivesBeingStored() {
        DkimKey again = DkimKey.ofPkcs8(KEY.pkcs8());
        assertThat(again.dnsRecord()).isEqualTo(KEY.dnsRecord()).startsWith("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0B");
        Message signed = new DkimSigner(DOMAIN, "s1", again).sign(message(FULL), NOW);
        assertThat(VERIFIER.verify(signed, NOW)).allMatch(DkimResult::passed);
        assertThat(KEY.toString()).isEqualTo("DkimKey[RSA-2048]");
    }

    @Test
    void otherThingsThanRsaKeysAreRefused() throws Exception {
        byte[] ed25519 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        var weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(512);
        for (byte[] der : List.of(
                new byte[0],
                new byte[] {1, 2, 3},
                Arrays.copyOf(KEY.pkcs8(), 600),
                ed25519,
                weak.generateKeyPair().getPrivate().getEncoded())) {
            assertThatThrownBy(() -> DkimKey.ofPkcs8(der)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSelectorIsMadeOfLabels() {
        for (String selector : List.of("", "a b", "a;b", "a..b", "\r\n")) {
            assertThatThrownBy(() -> new DkimSigner(DOMAIN, selector, KEY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theProviderInUseIsNamed() {
        assertThat(DkimCrypto.provider()).isNotBlank();
        assertThat(DkimCrypto.trouble().isEmpty()).isEqualTo(DkimCrypto.isAccelerated());
    }

    private static List<String> signedNames(Message signed) {
        String field = signatureOf(signed).replace("\r\n ", "");
        String list = field.substring(field.indexOf("h=") + 2);
        return List.of(list.substring(0, list.indexOf(';')).split(":"));
    }

    private static String signatureOf(Message signed) {
        String text = text(signed);
        int end = text.indexOf("\r\n");
        while (text.startsWith(" ", end + 2)) {
            end = text.indexOf("\r\n", end + 2);
        }
        return text.substring(0, end);
    }

    private static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.UTF_8);
    }

    private static Message message(String text) {
        return Message.normalised(text.getBytes(StandardCharsets.UTF_8));
    }
}
