package org.hongyan.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The worked examples of RFC 6376 §3.4.5, the empty bodies of §3.4.3 and §3.4.4, and what falls between chunks. */
class CanonicalizationTest {

    private static final String RFC_BODY = " C \r\nD \t E\r\n\r\n\r\n";

    @Test
    void relaxedFieldsAreThoseOfTheRfc() {
        assertThat(field(Canonicalization.RELAXED, "A: X")).isEqualTo("a:X");
        assertThat(field(Canonicalization.RELAXED, "B : Y\t\r\n\tZ  ")).isEqualTo("b:Y Z");
    }

    @Test
    void simpleFieldsDoNotChange() {
        assertThat(field(Canonicalization.SIMPLE, "B : Y\t\r\n\tZ  ")).isEqualTo("B : Y\t\r\n\tZ  ");
    }

    @Test
    void bodiesAreThoseOfTheRfc() throws Exception {
        assertThat(bodyHash(Canonicalization.RELAXED, RFC_BODY)).isEqualTo(sha256(" C\r\nD E\r\n"));
        assertThat(bodyHash(Canonicalization.SIMPLE, RFC_BODY)).isEqualTo(sha256(" C \r\nD \t E\r\n"));
    }

    @Test
    void emptyBodiesHaveTheHashesOfTheRfc() {
        assertThat(bodyHash(Canonicalization.SIMPLE, "")).isEqualTo("frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
        assertThat(bodyHash(Canonicalization.RELAXED, "")).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assertThat(bodyHash(Canonicalization.RELAXED, "\r\n \t\r\n\r\n"))
                .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a'|'a~'",
                "'a~~b'|'a~~b~'",
                "'~~a'|'~~a~'",
                "'a  ~  ~b~'|'a~~b~'",
                "'  a'|' a~'",
                "'a^b~'|'a^b~'",
                "'a^'|'a^~'",
            })
    void relaxedBodyKeepsInnerEmptyLinesAndLoneCarriageReturns(String body, String canonical) throws Exception {
        assertThat(bodyHash(Canonicalization.RELAXED, lines(body))).isEqualTo(sha256(lines(canonical)));
    }

    @ParameterizedTest
    @EnumSource(Canonicalization.class)
    void aBodyOfManyChunksIsHashedWhole(Canonicalization form) throws Exception {
        for (int wordLength : new int[] {1, 3, 8187, 8188, 8189, 8190, 8191, 8192, 8193, 20_000}) {
            String word = "x".repeat(wordLength);
            String body = (word + " " + word + "\r\n").repeat(3) + "\r\n".repeat(9000) + "y\r\n";
            assertThat(bodyHash(form, body)).as("words of %d", wordLength).isEqualTo(sha256(body));
        }
    }

    @Test
    void theCanonicalLengthIsCounted() {
        byte[] body = ascii("a  b \r\n\r\n\r\n");
        assertThat(Canonicalization.RELAXED.hashBody(body, 0, body.length, DkimCrypto.sha256()))
                .isEqualTo("a b\r\n".length());
        assertThat(Canonicalization.SIMPLE.hashBody(body, 0, body.length, DkimCrypto.sha256()))
                .isEqualTo("a  b \r\n".length());
    }

    private static String lines(String marked) {
        return marked.replace("~", "\r\n").replace("^", "\r");
    }

    private static String field(Canonicalization form, String field) {
        Octets out = new Octets();
        byte[] bytes = ascii(field);
        form.addField(bytes, 0, bytes.length, out);
        return out.toString();
    }

    private static String bodyHash(Canonicalization form, String body) {
        MessageDigest digest = DkimCrypto.sha256();
        byte[] bytes = ascii(body);
        form.hashBody(bytes, 0, bytes.length, digest);
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static String sha256(String text) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(ascii(text)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
