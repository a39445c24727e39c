package org.hongyan.server.account;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.secrets.Secrets;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** The accounts and their activation. Thread-safe. */
@Service
public class Accounts {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NUMBER = 50;

    private final AccountRepository accounts;
    private final AuditTrail audit;
    private final Secrets secrets;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final boolean activateAtOnce;
    private final ShortMemory<AccountId, Account> memory = new ShortMemory<>(Duration.ofSeconds(10), 100_000);

    Accounts(
            AccountRepository accounts,
            AuditTrail audit,
            Secrets secrets,
            TransactionOperations transactions,
            Clock clock,
            AccountProperties settings) {
        this.accounts = accounts;
        this.audit = audit;
        this.secrets = secrets;
        this.transactions = transactions;
        this.clock = clock;
        this.activateAtOnce = settings.activateAtOnce();
    }

    /** The account, from a short-lived cache; empty when there is none. */
    public Optional<Account> find(AccountId id) {
        return memory.find(id, accounts::find);
    }

    /**
     * Makes an account: activated at once where the operator has set so, else registered.
     *
     * @param name for people, 1 to 100 characters
     * @param actor who makes it, for the audit trail
     */
    public Outcome<Account> register(String name, String actor) {
        String tidy = name.strip();
        if (tidy.isEmpty()) {
            return Outcome.refused(new Refusal.FieldMissing("name"));
        }
        if (tidy.length() > LONGEST_NAME || hasControl(tidy)) {
            return Outcome.refused(
                    new Refusal.FieldIllegal("name", tidy, "1 to " + LONGEST_NAME + " printable characters"));
        }
        AccountState state = activateAtOnce ? AccountState.ACTIVATED : AccountState.REGISTERED;
        return Outcome.done(inTransaction(() -> {
            Account account = accounts.insert(tidy, state, clock.instant());
            audit.record(account.id(), actor, "account.register", account.id().toString(), tidy);
            return account;
        }));
    }

    /**
     * Takes the real-name form (实名). May be given again until the operator has confirmed it.
     *
     * @return the account as it is then
     */
    public Outcome<Account> submitRealName(AccountId id, RealName form, String actor) {
        if (form.name().isBlank()) {
            return Outcome.refused(new Refusal.FieldMissing("name"));
        }
        if (form.number().isBlank()) {
            return Outcome.refused(new Refusal.FieldMissing("number"));
        }
        if (form.name().length() > LONGEST_NAME || hasControl(form.name())) {
            return Outcome.refused(
                    new Refusal.FieldIllegal("name", form.name(), "1 to " + LONGEST_NAME + " printable characters"));
        }
        if (form.number().length() > LONGEST_NUMBER || hasControl(form.number())) {
            // The number itself is not repeated: refusals end in logs and on screens.
            return Outcome.refused(
                    new Refusal.FieldIllegal("number", "…", "1 to " + LONGEST_NUMBER + " printable characters"));
        }
        byte[] sealed = secrets.encrypt(purpose(id), form.number().strip().getBytes(StandardCharsets.UTF_8));
        return change(
                id,
                actor,
                "account.real-name.submit",
                form.kind().name(),
                () -> accounts.submitRealName(id, form.kind(), form.name().strip(), sealed, clock.instant()));
    }

    /** The form as given, for the operator who confirms it. */
    public Optional<RealName> realName(AccountId id) {
        return accounts.realName(id)
                .map(form -> new RealName(form.kind(), form.name(), secrets.decryptText(purpose(id), form.number())));
    }

    /** The operator confirms the real name: the account is activated. */
    public Outcome<Account> confirmRealName(AccountId id, String actor) {
        return change(
                id,
                actor,
                "account.real-name.confirm",
                "",
                () -> accounts.move(id, AccountState.REAL_NAME_AWAITING, AccountState.ACTIVATED));
    }

    /** The operator sends the form back; the account may give another. */
    public Outcome<Account> rejectRealName(AccountId id, String reason, String actor) {
        return change(
                id,
                actor,
                "account.real-name.reject",
                reason,
                () -> accounts.move(id, AccountState.REAL_NAME_AWAITING, AccountState.REGISTERED));
    }

    /** The operator stops an account: it keeps its data and may look, but not send. */
    public Outcome<Account> suspend(AccountId id, String reason, String actor) {
        return change(id, actor, "account.suspend", reason, () -> accounts.suspend(id));
    }

    /** The operator ends a suspension: the account is again what it was. */
    public Outcome<Account> resume(AccountId id, String actor) {
        return change(id, actor, "account.resume", "", () -> accounts.resume(id));
    }

    /** Sets whether the account's programs may send content of their own, without a template. */
    public Outcome<Account> allowOwnContent(AccountId id, boolean allowed, String actor) {
        return change(
                id,
                actor,
                "account.own-content",
                Boolean.toString(allowed),
                () -> accounts.allowOwnContent(id, allowed));
    }

    /** Accounts by number, after the given one (0 for the first), at most {@code limit}. */
    public List<Account> list(long afterId, int limit) {
        return accounts.list(afterId, limit);
    }

    /** Accounts in a state, oldest first, at most {@code limit}. */
    public List<Account> inState(AccountState state, int limit) {
        return accounts.inState(state, limit);
    }

    private Outcome<Account> change(AccountId id, String actor, String action, String detail, BooleanSupplier update) {
        Outcome<Account> outcome = inTransaction(() -> {
            if (!update.getAsBoolean()) {
                return Outcome.refused(new Refusal.NotPermitted(action));
            }
            audit.record(id, actor, action, id.toString(), detail);
            return Outcome.done(accounts.find(id).orElseThrow());
        });
        memory.forget(id);
        return outcome;
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    private static String purpose(AccountId id) {
        return "account.real-name " + id;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
