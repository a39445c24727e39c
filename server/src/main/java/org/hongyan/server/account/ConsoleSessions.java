package org.hongyan.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Signing in to the console, and who is signed in. Sessions live in the database, so that a restart or another node
 * keeps them and a change of password ends them everywhere; the browser holds a random token of which the database has
 * only the hash. Thread-safe.
 */
@Service
public class ConsoleSessions {

    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_PASSWORD = 128;

    private final ConsoleUserRepository users;
    private final ConsoleSessionRepository sessions;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final Clock clock;
    private final AccountProperties settings;
    private final SecureRandom random = new SecureRandom();

    ConsoleSessions(
            ConsoleUserRepository users,
            ConsoleSessionRepository sessions,
            Passwords passwords,
            AuditTrail audit,
            Clock clock,
            AccountProperties settings) {
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
        this.settings = settings;
    }

    /** What an attempt to sign in came to. */
    public sealed interface SignIn {

        /** The password is right; the session is opened with {@link ConsoleSessions#open}. */
        record Welcome(ConsoleUser user) implements SignIn {}

        /** No such user or another password; which of the two is not told. */
        record Wrong() implements SignIn {}

        /** Too many bad passwords of late; the password was not looked at. */
        record Locked(Duration atMost) implements SignIn {}
    }

    /**
     * Checks a password.
     *
     * @param address where the attempt comes from, as text
     */
    public SignIn signIn(String loginName, String password, String address) {
        Instant now = clock.instant();
        Instant since = now.minus(settings.lockTime());
        String name = tidy(loginName);
        ConsoleSessionRepository.Failures failures = sessions.failures(name, address, since);
        if (failures.ofNameAndAddress() >= settings.badPasswords()
                || failures.ofAddress() >= settings.badPasswordsPerAddress()) {
            return new SignIn.Locked(settings.lockTime());
        }
        // Counted before it is compared: a thousand attempts at once must not all see the count of before.
        sessions.failed(name, address, since, now);
        Optional<ConsoleUserRepository.WithHash> known =
                password.length() > LONGEST_PASSWORD ? Optional.empty() : users.findWithHash(name);
        if (known.isEmpty()) {
            passwords.matchNobody(password.substring(0, Math.min(password.length(), LONGEST_PASSWORD)));
            return new SignIn.Wrong();
        }
        ConsoleUser user = known.get().user();
        if (!passwords.matches(password, known.get().hash())) {
            audit.record(user.accountId(), user.loginName(), "account.sign-in.wrong", user.loginName(), address);
            return new SignIn.Wrong();
        }
        sessions.forgiven(name, address);
        audit.record(user.accountId(), user.loginName(), "account.sign-in", user.loginName(), address);
        return new SignIn.Welcome(user);
    }

    /**
     * Opens a session.
     *
     * @return the token for the browser's cookie: 43 characters of URL-safe Base64
     */
    public String open(ConsoleUser user) {
        byte[] token = new byte[32];
        random.nextBytes(token);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        sessions.insert(hash(text), user.id(), clock.instant());
        return text;
    }

    /** Whose session it is, if it lives. */
    public Optional<ConsoleUser> find(String token) {
        Instant now = clock.instant();
        byte[] hash = hash(token);
        Optional<ConsoleSessionRepository.Found> found =
                sessions.find(hash, now.minus(settings.sessionLife()), now.minus(settings.sessionIdle()));
        found.filter(session -> session.lastSeenAt().isBefore(now.minus(SEEN_EVERY)))
                .ifPresent(session -> sessions.seen(hash, now));
        return found.map(ConsoleSessionRepository.Found::user);
    }

    /** Ends a session; nothing happens when there is none. */
    public void close(String token) {
        sessions.delete(hash(token));
    }

    /** Sweeps out what is dead anyway. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void sweep() {
        Instant now = clock.instant();
        sessions.deleteStale(
                now.minus(settings.sessionIdle()), now.minus(settings.sessionLife()), now.minus(settings.lockTime()));
    }

    private static String tidy(String loginName) {
        String name = loginName.strip().replace('\0', ' ').toLowerCase(Locale.ROOT);
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
