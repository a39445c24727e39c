package org.hongyan.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.message.Message;

class DkimPropertyTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final DkimKey KEY = DkimKey.generateRsa2048();
    private static final DkimSigner SIGNER = new DkimSigner(DomainName.parse("mail.example.com"), "s1", KEY);
    private static final DkimVerifier VERIFIER =
            new DkimVerifier(new PublishedRecords().with("s1._domainkey.mail.example.com", KEY.dnsRecord()));

    @Property(tries = 2000)
    void anyMessageThatIsSignedIsVerified(@ForAll("messages") String text) {
        Message message = Message.normalised(text.getBytes(StandardCharsets.UTF_8));
        // A message that brings signatures of its own would have them looked at too.
        if (!text.toLowerCase(Locale.ROOT).contains("dkim-signature")) {
            List<DkimResult> results = VERIFIER.verify(SIGNER.sign(message, NOW), NOW);
            assertThat(results).hasSize(1).allMatch(DkimResult::passed);
        }
    }

    @Property(tries = 2000)
    void anAddedLineOfTextIsNoticedWhereverItStandsBelowTheSignature(
            @ForAll("messages") String text, @ForAll @IntRange(max = 1000) int place) {
        String signed = new String(
                SIGNER.sign(
                                Message.normalised(
                                        ("From: a@mail.example.com\n\n" + text).getBytes(StandardCharsets.UTF_8)),
                                NOW)
                        .bytes(),
                StandardCharsets.UTF_8);
        int bodyStart = signed.indexOf("\r\n\r\n") + 4;
        int at = bodyStart + place % (signed.length() - bodyStart + 1);
        byte[] changed = (signed.substring(0, at) + "added" + signed.substring(at)).getBytes(StandardCharsets.UTF_8);
        assertThat(VERIFIER.verify(Message.ofCanonical(changed), NOW)).noneMatch(DkimResult::passed);
    }

    @Property(tries = 10_000)
    void anyOctetsAreVerifiedWithoutException(@ForAll("messages") String text) {
        Message message = Message.ofCanonical(text.getBytes(StandardCharsets.UTF_8));
        assertThat(VERIFIER.verify(message, NOW)).noneMatch(DkimResult::passed);
        FieldIndex index = new FieldIndex();
        index.read(message.bytes());
        assertThat(index.bodyStart()).isEqualTo(message.bodyStart());
        assertThat(index.count()).isEqualTo(message.headerFields().size());
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(
                        "From: a@example.com",
                        "from : ",
                        "Subject:",
                        "To: x",
                        "DKIM-Signature: v=1; a=rsa-sha256; d=mail.example.com; s=s1; h=from; bh=AAAA; b=AAAA",
                        "DKIM-Signature:",
                        " v=1;",
                        "b=",
                        ";",
                        "\r\n",
                        "\r\n",
                        "\r\n",
                        "\n",
                        "\r",
                        " ",
                        "\t",
                        "  ",
                        ":",
                        "text",
                        "鸿雁",
                        ".")
                .list()
                .ofMinSize(0)
                .ofMaxSize(20)
                .map(pieces -> String.join("", pieces));
    }
}
