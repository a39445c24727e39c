package org.hongyan.server.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hongyan.server.account.TestAccounts.done;

import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderAddressesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final SettableClock CLOCK = new SettableClock();
    private static final TestSenders SENDERS = TestSenders.on(DATABASE, CLOCK);
    private static final SenderAddresses ADDRESSES = SENDERS.addresses;
    private static final AccountId ACCOUNT = new AccountId(7);
    private static final AccountId OTHER = new AccountId(8);
    private static final String PASSWORD = "aaBB1122zz";

    @BeforeAll
    static void domains() {
        SENDERS.verified(ACCOUNT, "mail.acme.test");
        SENDERS.verified(ACCOUNT, "full.acme.test");
        SENDERS.verified(ACCOUNT, "例子.acme.test");
        done(SENDERS.domains.create(ACCOUNT, "waiting.acme.test"));
        SENDERS.verified(OTHER, "mail.other.test");
    }

    @AfterAll
    static void stop() {
        SENDERS.close();
    }

    @Test
    void anAddressIsOneMailboxWhateverItsCase() {
        SenderAddress made = done(ADDRESSES.create(ACCOUNT, "News.Desk@Mail.Acme.Test", "  新闻 🕊️  "));
        assertThat(made.address().toString()).isEqualTo("News.Desk@mail.acme.test");
        assertThat(made.alias()).isEqualTo("新闻 🕊️");
        assertThat(made.smtpPasswordSet()).isFalse();
        assertThat(refusal(ADDRESSES.create(ACCOUNT, "news.desk@mail.acme.test", "")))
                .isInstanceOf(Refusal.SenderExists.class);
        assertThat(ADDRESSES.find(ACCOUNT, EmailAddress.parse("NEWS.DESK@mail.acme.test")))
                .contains(made);
        assertThat(ADDRESSES.find(OTHER, made.address())).isEmpty();
        assertThat(ADDRESSES.list(ACCOUNT)).contains(made);
        assertThat(done(ADDRESSES.rename(ACCOUNT, "news.desk@mail.acme.test", "Desk"))
                        .alias())
                .isEqualTo("Desk");
        assertThat(ADDRESSES.find(ACCOUNT, made.address()).orElseThrow().alias())
                .isEqualTo("Desk");
        done(ADDRESSES.create(ACCOUNT, "a@例子.acme.test", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            noone@nowhere.test            | DomainUnknown
            a@mail.other.test             | DomainUnknown
            a@sub.mail.acme.test          | DomainUnknown
            a@waiting.acme.test           | DomainNotVerified
            mail.acme.test                | AddressMalformed
            @mail.acme.test               | AddressMalformed
            a b@mail.acme.test            | AddressMalformed
            "a b"@mail.acme.test          | AddressMalformed
            名@mail.acme.test              | AddressMalformed
            a@mail.acme.test>             | AddressMalformed
            a..b@mail.acme.test           | AddressMalformed
            """)
    void addressesThatCannotBeAreRefused(String address, String refusal) {
        assertThat(refusal(ADDRESSES.create(ACCOUNT, address, "")).getClass().getSimpleName())
                .isEqualTo(refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: x@y.test",
                "a\u0000b",
                "\u202Egnp.exe",
                "a\u2066b",
                "x\uD800y",
                "tab\there",
                "a\u2028b"
            })
    void namesThatHideOrBreakAreRefused(String alias) {
        assertThat(refusal(ADDRESSES.create(ACCOUNT, "alias@mail.acme.test", alias)))
                .isInstanceOf(Refusal.DisplayNameIllegal.class);
        assertThat(refusal(ADDRESSES.create(ACCOUNT, "alias@mail.acme.test", "x".repeat(129))))
                .isInstanceOf(Refusal.DisplayNameIllegal.class);
    }

    @Test
    void theEleventhAddressOfADomainIsRefused() {
        for (int i = 0; i < 10; i++) {
            done(ADDRESSES.create(ACCOUNT, "n" + i + "@full.acme.test", ""));
        }
        assertThat(refusal(ADDRESSES.create(ACCOUNT, "n10@full.acme.test", "")))
                .isEqualTo(new Refusal.TooManySenders(10));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            short1AAbb,
            aaBB1122z,length
            aaBBB1zzzzzz,kinds
            aaaa1122zzzz,kinds
            AABB1122ZZZZ,kinds
            密码aaBB1122zz,characters
            aaBB 1122zz,characters
            """)
    void weakPasswordsAreRefusedWithTheirProblem(String password, String problem) {
        var found = SmtpPasswords.problemOf(password);
        if (problem == null) {
            assertThat(found).contains(new Refusal.PasswordTooWeak("kinds"));
        } else {
            assertThat(found).contains(new Refusal.PasswordTooWeak(problem));
        }
    }

    @Test
    void passwordsOfTenToSixtyFourCharactersAreTaken() {
        assertThat(SmtpPasswords.problemOf(PASSWORD)).isEmpty();
        assertThat(SmtpPasswords.problemOf("aaBB11" + "x".repeat(58))).isEmpty();
        assertThat(SmtpPasswords.problemOf("aaBB11" + "x".repeat(59))).contains(new Refusal.PasswordTooWeak("length"));
    }

    @Test
    void onlyTheRightPasswordOpensAndAChangeIsInForceAtOnce() {
        String address = "smtp@mail.acme.test";
        done(ADDRESSES.create(ACCOUNT, address, ""));
        assertThat(ADDRESSES.authenticate(address, "")).isEmpty();
        assertThat(ADDRESSES.authenticate(address, PASSWORD)).isEmpty();
        SenderAddress set = done(ADDRESSES.setSmtpPassword(ACCOUNT, address, PASSWORD));
        assertThat(set.smtpPasswordSet()).isTrue();
        // The second time comes from memory; a wrong one must not.
        for (int i = 0; i < 2; i++) {
            assertThat(ADDRESSES.authenticate("SMTP@mail.acme.test", PASSWORD)).contains(set);
            assertThat(ADDRESSES.authenticate(address, PASSWORD + "x")).isEmpty();
        }
        assertThat(ADDRESSES.authenticate("nobody@mail.acme.test", PASSWORD)).isEmpty();
        assertThat(ADDRESSES.authenticate("not an address\0", PASSWORD)).isEmpty();
        assertThat(ADDRESSES.authenticate(address, "x".repeat(100_000))).isEmpty();

        assertThat(refusal(ADDRESSES.setSmtpPassword(ACCOUNT, address, PASSWORD)))
                .isEqualTo(new Refusal.PasswordReused());
        done(ADDRESSES.setSmtpPassword(ACCOUNT, address, "ccDD3344yy"));
        assertThat(ADDRESSES.authenticate(address, PASSWORD)).isEmpty();
        assertThat(ADDRESSES.authenticate(address, "ccDD3344yy")).isPresent();
        assertThat(refusal(ADDRESSES.setSmtpPassword(ACCOUNT, address, PASSWORD)))
                .isEqualTo(new Refusal.PasswordReused());
        assertThat(refusal(ADDRESSES.setSmtpPassword(OTHER, address, "eeFF5566xx")))
                .isInstanceOf(Refusal.SenderUnknown.class);
        done(ADDRESSES.delete(ACCOUNT, address));
        assertThat(ADDRESSES.authenticate(address, "ccDD3344yy")).isEmpty();
    }

    @Test
    void anUnknownNameCostsAsMuchAsAKnownOne() {
        SmtpPasswords passwords = new SmtpPasswords(TestSenders.settings(java.util.Map.of("password-hash-cost", "8")));
        String hash = passwords.hash(PASSWORD);
        long known = time(() -> passwords.matches("wrongWrong11", hash));
        long unknown = time(() -> passwords.matches("wrongWrong11", null));
        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    @Test
    void noAddressIsMadeUnderARefusedDomain() {
        SENDERS.verified(ACCOUNT, "lost.acme.test");
        SENDERS.dns.remove("lost.acme.test", DnsRecord.Type.MX);
        done(SENDERS.domains.verify(ACCOUNT, "lost.acme.test"));
        done(ADDRESSES.create(ACCOUNT, "grace@lost.acme.test", ""));
        CLOCK.move(java.time.Duration.ofHours(25));
        done(SENDERS.domains.verify(ACCOUNT, "lost.acme.test"));
        assertThat(refusal(ADDRESSES.create(ACCOUNT, "late@lost.acme.test", "")))
                .isEqualTo(new Refusal.DomainNotVerified("lost.acme.test"));
    }

    /** The median of some runs, so that one pause of the machine does not count. */
    private static long time(Runnable work) {
        List<Long> times = new java.util.ArrayList<>();
        for (int i = 0; i < 9; i++) {
            long start = System.nanoTime();
            work.run();
            times.add(System.nanoTime() - start);
        }
        return times.stream().sorted().toList().get(4);
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome).refusal();
    }
}
