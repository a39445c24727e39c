package org.hongyan.server.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver.Mx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four rules as tables: what stands in the DNS, and what is said of it. */
class RecordRulesTest {

    private static final DomainName BOUNCE = new DomainName("bounce.hongyan.test");
    private static final DomainName SPF_NAME = new DomainName("spf.hongyan.test");

    private static final String KEY =
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" + "abcdEFGH0123+/zZ".repeat(21) + "QIDAQAB";
    private static final String EXPECTED = "v=DKIM1; k=rsa; p=" + KEY;

    private static <T> DnsAnswer<T> found(List<T> records) {
        return new DnsAnswer.Found<>(records, Duration.ofMinutes(5), false);
    }

    // MX

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10 bounce.hongyan.test                      | PASS     | mx.pass
            0 bounce.hongyan.test                       | PASS     | mx.pass
            10 bounce.hongyan.test, 20 mx.other.test    | PASS     | mx.pass
            10 bounce.hongyan.test, 10 mx.other.test    | MISMATCH | mx.not-first
            20 bounce.hongyan.test, 10 mx.other.test    | MISMATCH | mx.not-first
            10 mxbiz1.qq.com, 20 mxbiz2.qq.com          | MISMATCH | mx.elsewhere
            10 bounce.hongyan.test.evil.test            | MISMATCH | mx.elsewhere
            0 .                                         | MISMATCH | mx.null
            """)
    void mailExchangersMustLeadToUsFirst(String records, RecordStatus status, String reason) {
        List<Mx> exchangers = List.of(records.split(",")).stream()
                .map(text -> text.strip().split(" "))
                .map(pair -> new Mx(Integer.parseInt(pair[0]), pair[1].equals(".") ? null : new DomainName(pair[1])))
                .toList();
        RecordJudgement judgement = MxRule.judge(BOUNCE, found(exchangers));
        assertThat(judgement.status()).isEqualTo(status);
        assertThat(judgement.reason()).isEqualTo(reason);
        assertThat(judgement.seen()).hasSameSizeAs(exchangers);
    }

    @Test
    void aDnsThatDoesNotAnswerIsNotAMissingRecord() {
        DnsAnswer.Unavailable<String> silent = new DnsAnswer.Unavailable<>("ns1.acme.test timed out after 3 s");
        for (RecordJudgement judgement : List.of(
                MxRule.judge(BOUNCE, new DnsAnswer.Unavailable<>("ns1.acme.test timed out after 3 s")),
                DkimRule.judge(EXPECTED, silent),
                DmarcRule.judge(silent),
                SpfRule.judge(SPF_NAME, silent, name -> silent))) {
            assertThat(judgement.status()).isEqualTo(RecordStatus.TIMED_OUT);
            assertThat(judgement.facts()).containsEntry("why", "ns1.acme.test timed out after 3 s");
        }
        assertThat(MxRule.judge(BOUNCE, new DnsAnswer.NoSuchName<>()).status()).isEqualTo(RecordStatus.MISSING);
        assertThat(DkimRule.judge(EXPECTED, new DnsAnswer.NoData<>()).status()).isEqualTo(RecordStatus.MISSING);
        assertThat(DmarcRule.judge(new DnsAnswer.NoSuchName<>()).status()).isEqualTo(RecordStatus.MISSING);
        assertThat(SpfRule.judge(SPF_NAME, new DnsAnswer.NoSuchName<>(), name -> silent)
                        .status())
                .isEqualTo(RecordStatus.MISSING);
    }

    // DKIM

    private static RecordJudgement dkim(String... texts) {
        return DkimRule.judge(EXPECTED, found(List.of(texts)));
    }

    @Test
    void ourKeyPassesHoweverItIsSpaced() {
        assertThat(dkim(EXPECTED).reason()).isEqualTo("dkim.pass");
        assertThat(dkim("k=rsa;p=" + KEY).reason()).isEqualTo("dkim.pass");
        assertThat(dkim("p=" + KEY).reason()).isEqualTo("dkim.pass");
        assertThat(dkim("v=DKIM1;k=rsa;p=" + KEY + ";").reason()).isEqualTo("dkim.pass");
        assertThat(dkim("v=DKIM1; k=rsa; p=" + KEY.substring(0, 200) + " " + KEY.substring(200))
                        .reason())
                .isEqualTo("dkim.pass");
        assertThat(dkim("v=DKIM1; k=rsa; n=notes; h=sha1:sha256; s=email; t=s; p=" + KEY)
                        .reason())
                .isEqualTo("dkim.pass");
        assertThat(dkim("v=DKIM1; t=y; p=" + KEY).reason()).isEqualTo("dkim.pass-testing");
        // The same record twice is what two name servers of a panel make of it.
        assertThat(dkim(EXPECTED, EXPECTED).status()).isEqualTo(RecordStatus.PASS);
    }

    @Test
    void aWrongKeyRecordIsExplained() {
        assertThat(dkim(EXPECTED.substring(0, 255)).reason()).isEqualTo("dkim.truncated-at-255");
        assertThat(dkim(EXPECTED.substring(0, 255)).facts())
                .containsEntry("at", "256")
                .containsEntry("length", Integer.toString(EXPECTED.length()));
        assertThat(dkim(EXPECTED.substring(0, 150)).reason()).isEqualTo("dkim.truncated");
        assertThat(dkim("v=DKIM1; p=" + KEY.toLowerCase(java.util.Locale.ROOT)).reason())
                .isEqualTo("dkim.key-case");
        assertThat(dkim("v=DKIM1; p=" + KEY.substring(0, 100) + "X" + KEY.substring(101))
                        .reason())
                .isEqualTo("dkim.damaged");
        assertThat(dkim("v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAother")
                        .reason())
                .isEqualTo("dkim.other-key");
        assertThat(dkim("v=DKIM1; k=rsa; p=").reason()).isEqualTo("dkim.revoked");
        assertThat(dkim("v=DKIM1; k=rsa").reason()).isEqualTo("dkim.no-key");
        assertThat(dkim("google-site-verification=abc").reason()).isEqualTo("dkim.no-key");
        assertThat(dkim("\"v=DKIM1; k=rsa; p=" + KEY + "\"").reason()).isEqualTo("dkim.quotes");
        assertThat(dkim("v=DKIM1\\; k=rsa\\; p=" + KEY).reason()).isEqualTo("dkim.quotes");
        assertThat(dkim("V=DKIM1; K=rsa; P=" + KEY).reason()).isEqualTo("dkim.tag-case");
        assertThat(dkim("V=DKIM1; p=" + KEY).reason()).isEqualTo("dkim.tag-case");
        assertThat(dkim("v=DKIM2; p=" + KEY).reason()).isEqualTo("dkim.version");
        assertThat(dkim("p=" + KEY + "; v=DKIM1").reason()).isEqualTo("dkim.version");
        assertThat(dkim("v=DKIM1; k=ed25519; p=" + KEY).reason()).isEqualTo("dkim.key-type");
        assertThat(dkim("v=DKIM1; h=sha1; p=" + KEY).reason()).isEqualTo("dkim.hash");
        assertThat(dkim("v=DKIM1; s=tlsrpt; p=" + KEY).reason()).isEqualTo("dkim.service");
        assertThat(dkim("v=DKIM1; p=" + KEY + "; p=" + KEY).reason()).isEqualTo("dkim.tag-twice");
        assertThat(dkim("v=DKIM1; hello; p=" + KEY).reason()).isEqualTo("dkim.not-a-tag");
        assertThat(dkim(EXPECTED, "v=DKIM1; p=other").reason()).isEqualTo("dkim.two-records");
    }

    // DMARC

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=DMARC1; p=none                                                        | dmarc.pass
            v=DMARC1;p=reject;sp=quarantine;adkim=s;aspf=r;pct=50                    | dmarc.pass
            V=DMARC1; P=None; RUA=mailto:dmarc@acme.test                             | dmarc.pass
            v = DMARC1 ; p = quarantine ; fo=1:d:s                                   | dmarc.pass
            v=DMARC1; p=none; rua=mailto:a@b.test!10m, mailto:c@d.test; x-new=1      | dmarc.pass
            v=DMARC1; sp=none                                                        | dmarc.no-policy
            v=dmarc1; p=none                                                         | dmarc.version
            v=DMARC1; p=monitor                                                      | dmarc.bad-tag
            v=DMARC1; p=none; pct=101                                                | dmarc.bad-tag
            v=DMARC1; p=none; rua=dmarc@acme.test                                    | dmarc.bad-tag
            v=DMARC1; p=none; adkim=strict                                           | dmarc.bad-tag
            v=DMARC1; p=none; nonsense                                               | dmarc.not-a-tag
            v=DMARC1\\; p=none                                                       | dmarc.quotes
            v=spf1 -all                                                              | dmarc.other-text
            """)
    void anyValidPolicyPasses(String text, String reason) {
        RecordJudgement judgement = DmarcRule.judge(found(List.of(text)));
        assertThat(judgement.reason()).isEqualTo(reason);
        assertThat(judgement.status()).isEqualTo(reason.endsWith("pass") ? RecordStatus.PASS : RecordStatus.MISMATCH);
    }

    @Test
    void twoPoliciesAreNoPolicyWhileOtherTextsDoNotCount() {
        assertThat(DmarcRule.judge(found(List.of("v=DMARC1; p=none", "v=DMARC1; p=reject")))
                        .reason())
                .isEqualTo("dmarc.two-records");
        assertThat(DmarcRule.judge(found(List.of("v=DMARC1; p=none", "something else")))
                        .reason())
                .isEqualTo("dmarc.pass");
    }

    // SPF

    private static final Map<String, String> ELSEWHERE = new HashMap<>(Map.of(
            "spf.hongyan.test", "v=spf1 ip4:192.0.2.0/24 -all",
            "both.test", "v=spf1 include:spf.hongyan.test include:crm.test -all",
            "crm.test", "v=spf1 a mx ip4:198.51.100.1 -all",
            "denies.test", "v=spf1 -all include:spf.hongyan.test",
            "three.test", "v=spf1 a:1.test a:2.test a:3.test -all",
            "broken.test", "v=spf1 ipv4:1.2.3.4 -all",
            "loop.test", "v=spf1 include:loop.test -all",
            "plain.test", "hello"));

    private static final Function<DomainName, DnsAnswer<String>> LOOKUP = name -> {
        if (name.ascii().equals("silent.test")) {
            return new DnsAnswer.Unavailable<>("ns.silent.test did not answer");
        }
        if (name.ascii().equals("double.test")) {
            return found(List.of("v=spf1 -all", "v=spf1 ~all"));
        }
        String text = ELSEWHERE.get(name.ascii());
        return text == null ? new DnsAnswer.NoSuchName<>() : found(List.of(text));
    };

    private static RecordJudgement spf(String... texts) {
        return SpfRule.judge(SPF_NAME, found(List.of(texts)), LOOKUP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=spf1 include:spf.hongyan.test ~all                              | spf.pass
            V=SPF1 Include:SPF.hongyan.test -ALL                              | spf.pass
            v=spf1   a  mx   +include:spf.hongyan.test   -all                 | spf.pass
            v=spf1 include:both.test -all                                     | spf.pass
            v=spf1 redirect=spf.hongyan.test                                  | spf.pass
            v=spf1 ip6:2001:db8::/32 redirect=both.test                       | spf.pass
            v=spf1 include:spf.hongyan.test exp=why.acme.test unknown=x -all  | spf.pass
            v=spf1 exists:%{i}.acme.test include:spf.hongyan.test -all        | spf.pass
            v=spf1 include:spf.hongyan.test +all                              | spf.pass-everybody
            v=spf1 a mx -all                                                  | spf.not-included
            v=spf1 -all include:spf.hongyan.test                              | spf.not-included
            v=spf1 -include:spf.hongyan.test -all                             | spf.not-included
            v=spf1 ?include:spf.hongyan.test -all                             | spf.not-included
            v=spf1 include:denies.test -all                                   | spf.not-included
            v=spf1 -all redirect=spf.hongyan.test                             | spf.not-included
            v=spf1 include:spf.hongyan.test include:three.test include:three.test include:crm.test a -all | spf.too-many-lookups
            v=spf1 include:spf.hongyan.test include:loop.test -all            | spf.too-many-lookups
            v=spf1 include:spf.hongyan.test ip4:1.2.3 -all                    | spf.syntax
            v=spf1 include:spf.hongyan.test ip4:1.2.3.999 -all                | spf.syntax
            v=spf1 include:spf.hongyan.test, -all                             | spf.syntax
            v=spf1 include: -all                                              | spf.syntax
            v=spf1 include:spf.hongyan.test all-                              | spf.syntax
            v=spf1 include:broken.test include:spf.hongyan.test -all          | spf.syntax
            v=spf1 include:gone.test include:spf.hongyan.test -all            | spf.include-missing
            v=spf1 include:plain.test include:spf.hongyan.test -all           | spf.include-missing
            v=spf1 include:double.test include:spf.hongyan.test -all          | spf.include-two-records
            v=spf1 include:silent.test include:spf.hongyan.test -all          | spf.include-no-answer
            v=spf1; include:spf.hongyan.test -all                             | spf.version
            spf1 include:spf.hongyan.test -all                                | spf.version
            hello                                                             | spf.missing
            """)
    void theWholeTreeOfIncludesIsEvaluated(String text, String reason) {
        RecordJudgement judgement = spf(text);
        assertThat(judgement.reason()).isEqualTo(reason);
        assertThat(judgement.status())
                .isEqualTo(
                        switch (reason) {
                            case "spf.pass", "spf.pass-everybody" -> RecordStatus.PASS;
                            case "spf.missing" -> RecordStatus.MISSING;
                            case "spf.include-no-answer" -> RecordStatus.TIMED_OUT;
                            default -> RecordStatus.MISMATCH;
                        });
    }

    @Test
    void tenLookupsPassAndElevenDoNot() {
        String ten = "v=spf1 include:spf.hongyan.test" + " a".repeat(9) + " -all";
        assertThat(spf(ten).facts()).containsEntry("lookups", "10");
        assertThat(spf(ten.replace(" -all", " mx -all")).reason()).isEqualTo("spf.too-many-lookups");
    }

    @Test
    void twoRecordsAreAnErrorWithTheMergedRecordProposed() {
        RecordJudgement two = spf("v=spf1 include:crm.test -all", "v=spf1 include:spf.hongyan.test ~all", "hello");
        assertThat(two.reason()).isEqualTo("spf.two-records");
        assertThat(two.facts()).containsEntry("suggested", "v=spf1 include:spf.hongyan.test include:crm.test ~all");
        assertThat(spf("v=spf1 a mx -all").facts())
                .containsEntry("suggested", "v=spf1 include:spf.hongyan.test a mx -all");
        assertThat(spf("v=spf1 redirect=crm.test").facts())
                .containsEntry("suggested", "v=spf1 include:spf.hongyan.test redirect=crm.test");
    }

    @Test
    void aMissingRecordOfTheOperatorIsNotBlamedOnTheAccount() {
        RecordJudgement judgement = SpfRule.judge(
                SPF_NAME, found(List.of("v=spf1 include:spf.hongyan.test -all")), name -> new DnsAnswer.NoSuchName<>());
        assertThat(judgement.reason()).isEqualTo("spf.operator-name-missing");
    }
}
