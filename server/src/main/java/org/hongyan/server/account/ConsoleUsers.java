package org.hongyan.server.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Who may sign in to the console. Thread-safe. */
@Service
public class ConsoleUsers {

    /** Languages of the console. */
    public static final Set<String> LANGUAGES = Set.of("zh-CN", "en");

    private static final Pattern LOGIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{1,63}");
    private static final int SHORTEST_PASSWORD = 10;
    private static final int LONGEST_PASSWORD = 128;

    private final ConsoleUserRepository users;
    private final ConsoleSessionRepository sessions;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final TransactionOperations transactions;
    private final Clock clock;

    ConsoleUsers(
            ConsoleUserRepository users,
            ConsoleSessionRepository sessions,
            Passwords passwords,
            AuditTrail audit,
            TransactionOperations transactions,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes a user.
     *
     * @param account null exactly for {@link Role#OPERATOR} and {@link Role#REVIEWER}
     * @param loginName 2 to 64 letters, digits and {@code . _ @ + -}; unique whatever the case
     * @param password 10 to 128 characters
     * @param language one of {@link #LANGUAGES}
     * @param actor who makes it, for the audit trail
     */
    public Outcome<ConsoleUser> create(
            @Nullable AccountId account, String loginName, Role role, String password, String language, String actor) {
        if (role.runsTheService() != (account == null)) {
            return Outcome.refused(new Refusal.FieldIllegal("role", role.name(), "a role of the account"));
        }
        if (!LOGIN_NAME.matcher(loginName).matches()) {
            return Outcome.refused(new Refusal.FieldIllegal(
                    "loginName", loginName, "2 to 64 letters, digits and . _ @ + -, a letter or digit first"));
        }
        if (!LANGUAGES.contains(language)) {
            return Outcome.refused(new Refusal.FieldIllegal("language", language, String.join(", ", LANGUAGES)));
        }
        Optional<Refusal> weak = weakness(loginName, password);
        if (weak.isPresent()) {
            return Outcome.refused(weak.get());
        }
        String hash = passwords.hash(password);
        return require(transactions.execute(status -> {
            Optional<ConsoleUser> user = users.insert(account, loginName, role, hash, language, clock.instant());
            if (user.isEmpty()) {
                return Outcome.refused(new Refusal.FieldIllegal("loginName", loginName, "a name that nobody has yet"));
            }
            audit.record(account, actor, "account.user.create", loginName, role.name());
            return Outcome.done(user.get());
        }));
    }

    /**
     * Makes the operator of a service that has none yet.
     *
     * @return the password, to be shown once; empty when there is staff already
     */
    public Optional<String> createFirstOperator() {
        if (!users.staff().isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // Another node may be faster; then its password is the one that was shown.
        return create(null, "operator", Role.OPERATOR, password, "zh-CN", "system") instanceof Outcome.Done<ConsoleUser>
                ? Optional.of(password)
                : Optional.empty();
    }

    /** A user who may sign in. */
    public Optional<ConsoleUser> find(long id) {
        return users.find(id);
    }

    /** The members of an account. */
    public List<ConsoleUser> list(AccountId account) {
        return users.list(account);
    }

    /** Operators and reviewers. */
    public List<ConsoleUser> staff() {
        return users.staff();
    }

    /** Changes one's own password; all sessions of the user end, the one in use too. */
    public Outcome<ConsoleUser> changePassword(ConsoleUser user, String old, String fresh) {
        Optional<ConsoleUserRepository.WithHash> known = users.findWithHash(user.loginName());
        if (known.isEmpty() || !passwords.matches(old, known.get().hash())) {
            return Outcome.refused(new Refusal.FieldIllegal("oldPassword", "…", "the present password"));
        }
        return setPassword(user, fresh, user.loginName());
    }

    /** Gives a user of an account another password, by its owner or the operator; all sessions of the user end. */
    public Outcome<ConsoleUser> setPassword(ConsoleUser user, String fresh, String actor) {
        Optional<Refusal> weak = weakness(user.loginName(), fresh);
        if (weak.isPresent()) {
            return Outcome.refused(weak.get());
        }
        String hash = passwords.hash(fresh);
        transactions.executeWithoutResult(status -> {
            users.changeHash(user.id(), hash);
            sessions.deleteOf(user.id());
            audit.record(user.accountId(), actor, "account.user.password", user.loginName(), "");
        });
        return Outcome.done(user);
    }

    /** Changes the language a user sees; false when it is none of {@link #LANGUAGES}. */
    public boolean changeLanguage(ConsoleUser user, String language) {
        if (!LANGUAGES.contains(language)) {
            return false;
        }
        users.changeLanguage(user.id(), language);
        return true;
    }

    /** Takes away the right to sign in, at once. */
    public void disable(ConsoleUser user, String actor) {
        transactions.executeWithoutResult(status -> {
            users.disable(user.id(), clock.instant());
            sessions.deleteOf(user.id());
            audit.record(user.accountId(), actor, "account.user.disable", user.loginName(), "");
        });
    }

    private static Optional<Refusal> weakness(String loginName, String password) {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            return Optional.of(new Refusal.PasswordTooWeak(
                    SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters are needed"));
        }
        if (password.equalsIgnoreCase(loginName) || password.chars().distinct().count() < 4) {
            return Optional.of(new Refusal.PasswordTooWeak("it is too easy to guess"));
        }
        return Optional.empty();
    }

    private static <T> T require(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
