package org.hongyan.server.account;

import java.time.Clock;
import java.time.Duration;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.secrets.Secrets;
import org.hongyan.server.secrets.TestSecrets;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * The account room on a test's database, without Spring.
 *
 * <pre>{@code
 * AccountId account = TestAccounts.on(DATABASE, clock).activated("Acme");
 * }</pre>
 */
public final class TestAccounts {

    private final Accounts accounts;
    private final ApiKeys apiKeys;
    private final AuditTrail auditTrail;
    private final ConsoleUsers consoleUsers;
    private final ConsoleSessions consoleSessions;

    private TestAccounts(TestDatabase database, Clock clock, boolean activateAtOnce) {
        AccountProperties settings = new AccountProperties(
                activateAtOnce, 3, 5, 12, Duration.ofMinutes(15), Duration.ofHours(12), Duration.ofDays(7));
        Secrets secrets = TestSecrets.fresh();
        ConsoleSessionRepository sessions = new ConsoleSessionRepository(database.jdbc());
        ConsoleUserRepository users = new ConsoleUserRepository(database.jdbc());
        Passwords passwords = new Passwords(new Argon2PasswordEncoder(16, 32, 1, 256, 1));
        auditTrail = new AuditTrail(new AuditRepository(database.jdbc()), clock);
        accounts = new Accounts(
                new AccountRepository(database.jdbc()), auditTrail, secrets, database.transactions(), clock, settings);
        apiKeys = new ApiKeys(
                new ApiKeyRepository(database.jdbc()), auditTrail, secrets, database.transactions(), clock, settings);
        consoleUsers = new ConsoleUsers(users, sessions, passwords, auditTrail, database.transactions(), clock);
        consoleSessions = new ConsoleSessions(users, sessions, passwords, auditTrail, clock, settings);
    }

    public static TestAccounts on(TestDatabase database, Clock clock) {
        return new TestAccounts(database, clock, false);
    }

    static TestAccounts activatingAtOnce(TestDatabase database, Clock clock) {
        return new TestAccounts(database, clock, true);
    }

    public Accounts accounts() {
        return accounts;
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    public AuditTrail auditTrail() {
        return auditTrail;
    }

    public ConsoleUsers consoleUsers() {
        return consoleUsers;
    }

    public ConsoleSessions consoleSessions() {
        return consoleSessions;
    }

    /** A new account that may send. */
    public AccountId activated(String name) {
        AccountId id = done(accounts.register(name, "test")).id();
        done(accounts.submitRealName(id, new RealName(RealName.Kind.COMPANY, name, "91310000MA1FL0000X"), "test"));
        return done(accounts.confirmRealName(id, "test")).id();
    }

    /** The value of an outcome that must not be a refusal. */
    public static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }
}
