package org.hongyan.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hongyan.server.account.TestAccounts.done;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.account.ConsoleSessions.SignIn;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.Test;

class ConsoleUsersTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String PASSWORD = "correct horse 1";

    private final MovableClock clock = new MovableClock();
    private final TestAccounts room = TestAccounts.on(DATABASE, clock);
    private final ConsoleUsers users = room.consoleUsers();
    private final ConsoleSessions sessions = room.consoleSessions();

    @Test
    void signsInWithTheRightPasswordWhateverTheCaseOfTheName() {
        ConsoleUser user = member("Li.Si");
        assertThat(sessions.signIn("li.si", PASSWORD, "192.0.2.1")).isEqualTo(new SignIn.Welcome(user));
        assertThat(sessions.signIn("li.si", "wrong", "192.0.2.1")).isEqualTo(new SignIn.Wrong());
        assertThat(sessions.signIn("nobody", PASSWORD, "192.0.2.1")).isEqualTo(new SignIn.Wrong());
        assertThat(sessions.signIn("li\0si", "x".repeat(100_000), "192.0.2.1")).isEqualTo(new SignIn.Wrong());
    }

    @Test
    void badPasswordsLockTheNameAtThatAddressForAWhile() {
        member("locked");
        for (int i = 0; i < 5; i++) {
            assertThat(sessions.signIn("locked", "wrong", "192.0.2.2")).isEqualTo(new SignIn.Wrong());
        }
        assertThat(sessions.signIn("locked", PASSWORD, "192.0.2.2")).isInstanceOf(SignIn.Locked.class);
        assertThat(sessions.signIn("locked", PASSWORD, "192.0.2.3")).isInstanceOf(SignIn.Welcome.class);
        clock.move(Duration.ofMinutes(16));
        assertThat(sessions.signIn("locked", PASSWORD, "192.0.2.2")).isInstanceOf(SignIn.Welcome.class);
    }

    @Test
    void anAddressThatTriesManyNamesIsLockedToo() {
        member("innocent");
        for (int i = 0; i < 12; i++) {
            assertThat(sessions.signIn("name" + i, "wrong", "192.0.2.9")).isEqualTo(new SignIn.Wrong());
        }
        assertThat(sessions.signIn("innocent", PASSWORD, "192.0.2.9")).isInstanceOf(SignIn.Locked.class);
    }

    @Test
    void aSessionEndsWhenItIsIdleOrOldOrClosed() {
        ConsoleUser user = member("session");
        String token = sessions.open(user);
        assertThat(sessions.find(token)).contains(user);
        assertThat(sessions.find("made-up")).isEmpty();

        clock.move(Duration.ofHours(11));
        assertThat(sessions.find(token)).contains(user);
        clock.move(Duration.ofHours(11));
        assertThat(sessions.find(token)).contains(user);
        clock.move(Duration.ofHours(13));
        assertThat(sessions.find(token)).isEmpty();

        String closed = sessions.open(user);
        sessions.close(closed);
        assertThat(sessions.find(closed)).isEmpty();

        String old = sessions.open(user);
        for (int i = 0; i < 14; i++) {
            assertThat(sessions.find(old)).isPresent();
            clock.move(Duration.ofHours(11).plusMinutes(59));
        }
        clock.move(Duration.ofMinutes(30));
        assertThat(sessions.find(old)).isEmpty();
    }

    @Test
    void aNewPasswordEndsAllSessions() {
        ConsoleUser user = member("changing");
        String token = sessions.open(user);
        assertThat(users.changePassword(user, "not it", "another good one")).isInstanceOf(Outcome.Refused.class);
        assertThat(sessions.find(token)).isPresent();
        done(users.changePassword(user, PASSWORD, "another good one"));
        assertThat(sessions.find(token)).isEmpty();
        assertThat(sessions.signIn("changing", "another good one", "192.0.2.1")).isInstanceOf(SignIn.Welcome.class);
    }

    @Test
    void aDisabledUserIsOutAtOnce() {
        ConsoleUser user = member("leaving");
        String token = sessions.open(user);
        users.disable(user, "owner");
        assertThat(sessions.find(token)).isEmpty();
        assertThat(sessions.signIn("leaving", PASSWORD, "192.0.2.1")).isEqualTo(new SignIn.Wrong());
    }

    @Test
    void namesPasswordsAndRolesAreChecked() {
        AccountId account = room.activated("Checked");
        assertThat(users.create(account, "short", Role.MEMBER, "short", "en", "x"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.PasswordTooWeak.class));
        assertThat(users.create(account, "bad name", Role.MEMBER, PASSWORD, "en", "x"))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(users.create(account, "boss", Role.OPERATOR, PASSWORD, "en", "x"))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(users.create(null, "boss", Role.OWNER, PASSWORD, "en", "x")).isInstanceOf(Outcome.Refused.class);
        assertThat(users.create(account, "tongue", Role.MEMBER, PASSWORD, "fr", "x"))
                .isInstanceOf(Outcome.Refused.class);
        done(users.create(account, "Taken", Role.OWNER, PASSWORD, "en", "x"));
        assertThat(users.create(account, "taken", Role.MEMBER, PASSWORD, "en", "x"))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(users.list(account)).extracting(ConsoleUser::loginName).containsExactly("Taken");
    }

    @Test
    void onlyTheFirstStartMakesAnOperator() {
        TestAccounts fresh = TestAccounts.on(TestDatabase.fresh(), clock);
        String password = fresh.consoleUsers().createFirstOperator().orElseThrow();
        assertThat(fresh.consoleSessions().signIn("operator", password, "192.0.2.1"))
                .isInstanceOfSatisfying(
                        SignIn.Welcome.class,
                        welcome -> assertThat(welcome.user().role()).isEqualTo(Role.OPERATOR));
        assertThat(fresh.consoleUsers().createFirstOperator()).isEmpty();
    }

    private ConsoleUser member(String name) {
        return done(users.create(room.activated(name), name, Role.MEMBER, PASSWORD, "zh-CN", "test"));
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-11-25T02:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
