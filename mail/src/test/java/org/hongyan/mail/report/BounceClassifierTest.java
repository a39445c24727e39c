package org.hongyan.mail.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hongyan.mail.smtp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BounceClassifierTest {

    private static final BounceClassifier CLASSIFIER = BounceClassifier.standard();

    static Stream<String> corpus() throws IOException {
        try (InputStream file = BounceClassifierTest.class.getResourceAsStream("replies.tsv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyReplyOfTheCorpusIsSortedAndBlamed(String line) {
        String[] columns = line.split("\t", -1);
        Classification found = CLASSIFIER.classify(columns[0], columns[1]);
        assertThat(found.category().wireName())
                .as("%s by %s", columns[1], found.rule())
                .isEqualTo(columns[2]);
        assertThat(found.blame().wireName())
                .as("%s by %s", columns[1], found.rule())
                .isEqualTo(columns[3]);
    }

    @Test
    void theBasicCodeAloneNeverMakesAnAddressInvalid() {
        for (int code = 400; code < 600; code++) {
            Classification found = CLASSIFIER.classify("mx.unknown.example", Reply.of(code, "nothing we know"));
            assertThat(found.countsAsInvalid()).as("%s", code).isFalse();
            assertThat(found.countsAsSpamRejected()).as("%s", code).isFalse();
        }
    }

    @Test
    void aBlockOfTheSourceAddressDoesNotCountAgainstTheAccount() {
        Classification found = CLASSIFIER.classify("", "554 5.7.1 Client host [192.0.2.7] blocked using dnsbl.example");
        assertThat(found.category()).isEqualTo(BounceCategory.SPAM_REJECTED);
        assertThat(found.countsAsSpamRejected()).isFalse();
    }

    @Test
    void theOperatorsRulesComeFirst() {
        BounceClassifier own = BounceClassifier.withRules(
                List.of("[everybody]", "ours policy recipient | 550 | gone fishing; closed*season"));
        assertThat(own.classify("mx.example", "550 Closed for the season").rule())
                .isEqualTo("general/ours");
        assertThat(own.classify("mx.qq.com", "550 Mailbox not found").rule()).isEqualTo("qq/not-found");
    }

    @Test
    void aMalformedRuleIsToldWithItsLine() {
        assertThatThrownBy(() -> BounceClassifier.withRules(List.of("# note", "[everybody]", "ours nonsense us | | x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: there is no category nonsense");
        assertThatThrownBy(() -> BounceClassifier.withRules(List.of("ours policy us | | x")))
                .hasMessageContaining("before the first section");
        assertThatThrownBy(() -> BounceClassifier.withRules(List.of("[everybody]", "ours policy us | |")))
                .hasMessageContaining("codes or patterns");
    }

    @Test
    void hostileRepliesAreSortedInTimeAndPeace() {
        String hostile = "550 " + "user ".repeat(100_000) + "\u0000\r\n*;|[everybody]";
        assertThat(CLASSIFIER.classify("mx.example", hostile)).isNotNull();
        assertThat(CLASSIFIER.classify("", "")).isNotNull();
        assertThat(CLASSIFIER.classify("", "5")).isNotNull();
    }

    @Test
    void theCommandAnswersLineByLine() throws IOException {
        StringWriter out = new StringWriter();
        new ClassifyCommand(CLASSIFIER)
                .run(
                        new BufferedReader(new StringReader("qq\t550 Mailbox not found\n550 5.1.1 User unknown\n")),
                        new PrintWriter(out));
        assertThat(out.toString().lines())
                .containsExactly(
                        "invalid-address\trecipient\tqq/not-found", "invalid-address\trecipient\tgeneral/unknown-user");
    }
}
