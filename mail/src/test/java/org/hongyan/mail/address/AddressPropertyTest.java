package org.hongyan.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AddressPropertyTest {

    @Property(tries = 30_000)
    void anyTextIsEitherRefusedOrSurvivesBeingWrittenAndReadAgain(@ForAll("nearlyAddresses") String text) {
        Optional<EmailAddress> address = EmailAddress.tryParse(text);
        address.ifPresent(found -> {
            assertThat(EmailAddress.parse(found.toString())).isEqualTo(found);
            assertThat(found.toString()).doesNotContain("\r", "\n", "\u0000", ",,");
            assertThat(EmailAddressGrammar.holdsControl(found.toString())).isFalse();
        });
    }

    @Property(tries = 20_000)
    void anyDomainIsEitherRefusedOrSurvivesBeingWrittenAndReadAgain(@ForAll("nearlyDomains") String text) {
        DomainName.tryParse(text).ifPresent(found -> {
            assertThat(DomainName.parse(found.toString())).isEqualTo(found);
            assertThat(DomainName.parse(found.unicode())).isEqualTo(found);
            assertThat(found.ascii().chars()).allMatch(c -> c < 128);
            PublicSuffixes.registrableDomain(found)
                    .ifPresent(below -> assertThat(found.isWithin(below)).isTrue());
        });
    }

    @Property(tries = 20_000)
    void anyTextAsSenderOrFromFieldIsEitherRefusedOrClean(@ForAll("nearlyFields") String text) {
        NamedAddress.tryParse(text).ifPresent(AddressPropertyTest::assertClean);
        FromHeader.tryParse(text).ifPresent(AddressPropertyTest::assertClean);
        assertThat(EncodedWordDecoder.decode(text)).isNotNull();
    }

    @Property(tries = 10_000)
    void addressesMadeByTheGrammarAreAccepted(@ForAll("mailboxes") String text) {
        assertThat(EmailAddress.parse(text)).hasToString(text);
        assertThat(FromHeader.parse("Some One <" + text + ">").address()).hasToString(text);
        assertThat(NamedAddress.parse("Some One <" + text + ">").displayName()).isEqualTo("Some One");
    }

    @Property(tries = 20_000)
    void anyStringAtAllIsHandled(@ForAll String text) {
        EmailAddress.tryParse(text);
        DomainName.tryParse(text);
        NamedAddress.tryParse(text);
        FromHeader.tryParse(text);
        assertThat(EncodedWordDecoder.decode(text)).isNotNull();
    }

    private static void assertClean(NamedAddress found) {
        assertThat(EmailAddressGrammar.holdsControl(found.toString())).isFalse();
        assertThat(EmailAddress.parse(found.address().toString())).isEqualTo(found.address());
    }

    @Provide
    Arbitrary<String> nearlyAddresses() {
        return pieces(
                "a",
                "B",
                "9",
                ".",
                "@",
                "@example.com",
                "\"",
                "\\",
                " ",
                "\r\n",
                "\u0000",
                "(",
                ")",
                "<",
                ">",
                ",",
                ":",
                "用",
                "é",
                "\u202E",
                "😀",
                "\uD800",
                "xn--",
                "-",
                "_",
                "[",
                "]",
                "=?UTF-8?B?",
                "?=");
    }

    @Provide
    Arbitrary<String> nearlyDomains() {
        return pieces(
                "a",
                "Z",
                "0",
                "-",
                "_",
                ".",
                "..",
                "com",
                ".cn",
                "xn--",
                "xn--fsqu00a",
                "kva",
                "例",
                "子",
                "。",
                "ß",
                "ς",
                "İ",
                "א",
                "م",
                "é",
                "e\u0301",
                "\u0301",
                "ａ",
                "😀",
                "\u200D",
                "\uD800",
                " ",
                "\n");
    }

    @Provide
    Arbitrary<String> nearlyFields() {
        return pieces(
                "Some One",
                "鸿雁",
                " ",
                "  ",
                "\t",
                "<",
                ">",
                "<a@example.com>",
                "a@example.com",
                "\"",
                "\\",
                "(",
                ")",
                ":",
                ";",
                ",",
                "=?UTF-8?B?6bi/6ZuB?=",
                "=?GBK?Q?=BA=E8?=",
                "=?utf-8?q?a=0D=0Ab?=",
                "=?x?y?z?=",
                "=?UTF-8?B?",
                "?=",
                "\r\n",
                "\u0000",
                "\u202E");
    }

    @Provide
    Arbitrary<String> mailboxes() {
        Arbitrary<String> atom = Arbitraries.strings()
                .withChars("abcXYZ019!#$%&'*+-/=^_`{|}~")
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<String> local = atom.list().ofMinSize(1).ofMaxSize(4).map(atoms -> String.join(".", atoms));
        Arbitrary<String> label =
                Arbitraries.strings().withChars("abc019").ofMinLength(1).ofMaxLength(10);
        Arbitrary<String> domain =
                label.list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels) + ".example");
        return Combinators.combine(local, domain).as((left, right) -> left + "@" + right);
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMinSize(0).ofMaxSize(12).map(chosen -> String.join("", chosen));
    }
}
