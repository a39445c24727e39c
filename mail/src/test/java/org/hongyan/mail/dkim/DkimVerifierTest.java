package org.hongyan.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.message.Message;
import org.junit.jupiter.api.Test;

class DkimVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final String DOMAIN = "mail.example.com";
    private static final String KEY_NAME = "s1._domainkey.mail.example.com";
    private static final DkimKey KEY = DkimKey.generateRsa2048();

    /** RFC 8463 appendix A.3: one message, an Ed25519 and an RSA signature. */
    private static final String RFC_8463 = """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
             Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=test; t=1528637909; h=from : to : subject :
             date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
             DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
             dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game.  Are you hungry yet?

            Joe.
            """;

    private static final PublishedRecords RFC_8463_KEYS = new PublishedRecords()
            .with(
                    "brisbane._domainkey.football.example.com",
                    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
            .with(
                    "test._domainkey.football.example.com",
                    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
                            + "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
                            + "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
                            + "Ip3G+2kryOTIKT+l/K4w3QIDAQAB");

    @Test
    void theExampleOfRfc8463PassesWithBothAlgorithms() {
        List<DkimResult> results = new DkimVerifier(RFC_8463_KEYS).verify(message(RFC_8463), NOW);
        assertThat(results).hasSize(2).allMatch(DkimResult::passed);
        assertThat(results.get(0).selector()).isEqualTo("brisbane");
        assertThat(results.get(1).domain()).isEqualTo(DomainName.parse("football.example.com"));
    }

    @Test
    void aChangedFieldOrBodyFailsBothAlgorithms() {
        for (String changed : List.of(
                RFC_8463.replace("dinner ready", "dinner Ready"),
                RFC_8463.replace("hungry yet", "hungry, yet"),
                RFC_8463.replace("From: Joe", "From: Jim"))) {
            assertThat(new DkimVerifier(RFC_8463_KEYS).verify(message(changed), NOW))
                    .hasSize(2)
                    .allMatch(result -> result.status() == DkimResult.Status.FAIL);
        }
    }

    @Test
    void aMessageWithoutSignatureHasNoResult() {
        assertThat(new DkimVerifier(new PublishedRecords()).verify(message("From: a@example.com\n\nhi\n"), NOW))
                .isEmpty();
    }

    @Test
    void whatTheDnsSaysDecidesBetweenTemporaryAndPermanent() {
        assertThat(verdict(new PublishedRecords().with(KEY_NAME, new DnsAnswer.Unavailable<>("timed out"))))
                .isEqualTo(DkimResult.Status.TEMPERROR);
        assertThat(verdict(new PublishedRecords().with(KEY_NAME, new DnsAnswer.NoData<>())))
                .isEqualTo(DkimResult.Status.PERMERROR);
        assertThat(verdict(new PublishedRecords())).isEqualTo(DkimResult.Status.PERMERROR);
        assertThat(verdict(new PublishedRecords().with(KEY_NAME, KEY.dnsRecord())))
                .isEqualTo(DkimResult.Status.PASS);
    }

    @Test
    void keyRecordsThatForbidTheUseArePermanentErrors() {
        String data = KEY.dnsRecord().substring(KEY.dnsRecord().indexOf("p="));
        for (String record : List.of(
                "v=DKIM1; k=rsa; p=",
                "v=DKIM1; k=rsa",
                "v=DKIM2; " + data,
                "k=rsa; v=DKIM1; " + data,
                "v=DKIM1; k=ed25519; " + data,
                "v=DKIM1; h=sha1; " + data,
                "v=DKIM1; s=tlsrpt; " + data,
                "v=DKIM1; k=rsa; p=AAAA",
                "v=DKIM1; k=rsa; p=not*base64",
                "v=DKIM1; k=rsa; k=rsa; " + data,
                "gibberish")) {
            assertThat(verdict(new PublishedRecords().with(KEY_NAME, record)))
                    .as(record)
                    .isEqualTo(DkimResult.Status.PERMERROR);
        }
    }

    @Test
    void keyRecordsThatAllowTheUsePass() {
        String data = KEY.dnsRecord().substring(KEY.dnsRecord().indexOf("p="));
        for (String record : List.of(
                data,
                "v=DKIM1;" + data + ";",
                " v = DKIM1 ; k = rsa ; " + data.substring(0, 100) + " " + data.substring(100) + " ; ",
                "v=DKIM1; h=sha1:sha256; s=email; t=y:s; n=a note; " + data)) {
            assertThat(verdict(new PublishedRecords().with(KEY_NAME, record)))
                    .as(record)
                    .isEqualTo(DkimResult.Status.PASS);
        }
    }

    @Test
    void aBareRsaPublicKeyIsUnderstoodToo() {
        byte[] info = Base64.getDecoder()
                .decode(KEY.dnsRecord().substring(KEY.dnsRecord().indexOf("p=") + 2));
        // SubjectPublicKeyInfo of RSA-2048: 24 octets stand before the RSAPublicKey.
        String bare = Base64.getEncoder().encodeToString(Arrays.copyOfRange(info, 24, info.length));
        assertThat(verdict(new PublishedRecords().with(KEY_NAME, "v=DKIM1; p=" + bare)))
                .isEqualTo(DkimResult.Status.PASS);
    }

    @Test
    void oneGoodKeyAmongSeveralRecordsIsEnough() {
        assertThat(verdict(new PublishedRecords()
                        .with(KEY_NAME, "gibberish", DkimKey.generateRsa2048().dnsRecord(), KEY.dnsRecord())))
                .isEqualTo(DkimResult.Status.PASS);
        assertThat(verdict(new PublishedRecords()
                        .with(KEY_NAME, DkimKey.generateRsa2048().dnsRecord())))
                .isEqualTo(DkimResult.Status.FAIL);
    }

    @Test
    void aKeyOfFewerThan1024BitsIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(768);
        String weak = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        PublishedRecords dns = new PublishedRecords().with(KEY_NAME, "v=DKIM1; k=rsa; p=" + weak);
        DkimResult result = new DkimVerifier(dns).verify(signed(), NOW).getFirst();
        assertThat(result.status()).isEqualTo(DkimResult.Status.PERMERROR);
        assertThat(result.reason()).contains("1024");
    }

    @Test
    void aPartlySignedBodyFails() {
        assertThat(altered("c=relaxed/relaxed;", "c=relaxed/relaxed; l=2;").reason())
                .isEqualTo("l= leaves a part of the body unsigned");
        assertThat(altered("c=relaxed/relaxed;", "c=relaxed/relaxed; l=9999;").status())
                .isEqualTo(DkimResult.Status.PERMERROR);
    }

    @Test
    void timesAreChecked() {
        Message signed = signed();
        DkimVerifier verifier = new DkimVerifier(new PublishedRecords().with(KEY_NAME, KEY.dnsRecord()));
        assertThat(verifier.verify(signed, NOW.minus(Duration.ofMinutes(59)))).allMatch(DkimResult::passed);
        assertThat(verifier.verify(signed, NOW.minus(Duration.ofMinutes(61)))
                        .getFirst()
                        .reason())
                .contains("future");
        assertThat(altered("c=relaxed/relaxed;", "c=relaxed/relaxed; x=" + (NOW.getEpochSecond() + 1) + ";")
                        .reason())
                .as("not expired yet, but changed")
                .isEqualTo("the header or the signature was changed");
        // The signing time is NOW: an expiry before it can never have been meant.
        assertThat(altered("c=relaxed/relaxed;", "c=relaxed/relaxed; x=" + (NOW.getEpochSecond() - 1) + ";")
                        .status())
                .isEqualTo(DkimResult.Status.PERMERROR);
        Message expiring = replaced(signed, "c=relaxed/relaxed;", "c=relaxed/relaxed; x=" + NOW.getEpochSecond() + ";");
        assertThat(verifier.verify(expiring, NOW.plusSeconds(1)).getFirst().reason())
                .isEqualTo("the signature has expired");
    }

    @Test
    void unusableSignaturesArePermanentErrorsAndAskNothing() {
        for (String[] change : new String[][] {
            {"v=1;", "v=2;"},
            {"v=1;", ""},
            {"a=rsa-sha256;", "a=rsa-sha1;"},
            {"a=rsa-sha256;", "a=none;"},
            {"c=relaxed/relaxed;", "c=relaxed/loose;"},
            {"c=relaxed/relaxed;", "c=relaxed/relaxed/relaxed;"},
            {"c=relaxed/relaxed;", "c=relaxed/relaxed; q=http;"},
            {"c=relaxed/relaxed;", "c=relaxed/relaxed; i=@example.com;"},
            {"c=relaxed/relaxed;", "c=relaxed/relaxed; i=mail.example.com;"},
            {"c=relaxed/relaxed;", "c=relaxed/relaxed; l=-1;"},
            {"c=relaxed/relaxed;", "c=relaxed/relaxed; l=99999999999999999999;"},
            {"d=mail.example.com;", "d=com;"},
            {"d=mail.example.com;", "d=;"},
            {"d=mail.example.com;", "d=" + "a".repeat(64) + ".example;"},
            {"s=s1;", "s=-;"},
            {"s=s1;", ""},
            {"h=From:From:", "h="},
            {"bh=", "bx="},
            {"bh=", "bh=*"},
            {" b=", " bb="},
            {" b=", " b=*"},
            {"v=1;", "v=1; v=1;"},
            {"v=1;", "v=1; ;"},
        }) {
            PublishedRecords dns = new PublishedRecords().with(KEY_NAME, KEY.dnsRecord());
            List<DkimResult> results = new DkimVerifier(dns).verify(replaced(signed(), change[0], change[1]), NOW);
            assertThat(results).as("%s for %s", change[1], change[0]).hasSize(1);
            assertThat(results.getFirst().status())
                    .as("%s for %s", change[1], change[0])
                    .isEqualTo(DkimResult.Status.PERMERROR);
            assertThat(dns.questions()).as("questions for %s", change[1]).isZero();
        }
    }

    @Test
    void theIdentityMayBeBelowTheDomainUnlessTheKeyForbidsIt() {
        String data = KEY.dnsRecord();
        Message below = replaced(signed(), "c=relaxed/relaxed;", "c=relaxed/relaxed; i=a@b.mail.example.com;");
        assertThat(new DkimVerifier(new PublishedRecords().with(KEY_NAME, data))
                        .verify(below, NOW)
                        .getFirst()
                        .status())
                .isEqualTo(DkimResult.Status.FAIL);
        assertThat(new DkimVerifier(new PublishedRecords().with(KEY_NAME, data + "; t=s"))
                        .verify(below, NOW)
                        .getFirst()
                        .reason())
                .contains("subdomains");
    }

    @Test
    void onlyTheFirstFiveSignaturesAreLookedAt() {
        Message message = signed();
        for (int i = 0; i < 7; i++) {
            message = new DkimSigner(DomainName.parse(DOMAIN), "s1", KEY).sign(message, NOW);
        }
        PublishedRecords dns = new PublishedRecords().with(KEY_NAME, KEY.dnsRecord());
        assertThat(new DkimVerifier(dns).verify(message, NOW)).hasSize(5).allMatch(DkimResult::passed);
        assertThat(dns.questions()).isEqualTo(5);
    }

    @Test
    void aHeaderWithoutBodyOrWithRubbishIsNotAnError() {
        for (String rubbish : List.of(
                "", "\n", "DKIM-Signature", "DKIM-Signature:", "DKIM-Signature: ;;;\n", ":\n\n", " folded first\n\n")) {
            assertThat(new DkimVerifier(new PublishedRecords()).verify(message(rubbish), NOW))
                    .allMatch(result -> result.status() == DkimResult.Status.PERMERROR);
        }
    }

    private static DkimResult.Status verdict(PublishedRecords dns) {
        return new DkimVerifier(dns).verify(signed(), NOW).getFirst().status();
    }

    /** What becomes of a signature that is changed after signing. */
    private static DkimResult altered(String from, String to) {
        PublishedRecords dns = new PublishedRecords().with(KEY_NAME, KEY.dnsRecord());
        return new DkimVerifier(dns).verify(replaced(signed(), from, to), NOW).getFirst();
    }

    private static Message replaced(Message message, String from, String to) {
        String text = new String(message.bytes(), StandardCharsets.US_ASCII);
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        return Message.ofCanonical(
                (text.substring(0, at) + to + text.substring(at + from.length())).getBytes(StandardCharsets.US_ASCII));
    }

    private static Message signed() {
        return new DkimSigner(DomainName.parse(DOMAIN), "s1", KEY)
                .sign(message("From: a@mail.example.com\nTo: b@example.net\nSubject: hi\n\nhello there\n"), NOW);
    }

    private static Message message(String text) {
        return Message.ofCanonical(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
