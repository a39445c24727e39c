package org.hongyan.server.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.secrets.Secrets;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** API keys; the secret key is encrypted at rest. Thread-safe. */
@Service
public class ApiKeys {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;
    private static final int LONGEST_DESCRIPTION = 100;

    private final ApiKeyRepository keys;
    private final AuditTrail audit;
    private final Secrets secrets;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final int most;
    private final SecureRandom random = new SecureRandom();
    private final ShortMemory<String, ApiKey> memory = new ShortMemory<>(Duration.ofSeconds(10), 10_000);
    private final ShortMemory<String, Boolean> useNoted = new ShortMemory<>(Duration.ofMinutes(1), 10_000);

    ApiKeys(
            ApiKeyRepository keys,
            AuditTrail audit,
            Secrets secrets,
            TransactionOperations transactions,
            Clock clock,
            AccountProperties settings) {
        this.keys = keys;
        this.audit = audit;
        this.secrets = secrets;
        this.transactions = transactions;
        this.clock = clock;
        this.most = settings.apiKeys();
    }

    /** An enabled key of that id, from a short-lived cache. */
    public Optional<ApiKey> find(String secretId) {
        // No key of ours looks otherwise, and PostgreSQL refuses a text with NUL.
        if (secretId.length() > 64 || !secretId.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0)) {
            return Optional.empty();
        }
        return memory.find(
                secretId,
                id -> keys.find(id)
                        .map(key -> new ApiKey(key.account(), id, secrets.decryptText(purpose(id), key.secretKey()))));
    }

    /** Notes that a call was signed with the key; to be called once the signature was found right. */
    public void noteUse(String secretId) {
        // At most once a minute and node goes to the database.
        useNoted.find(secretId, id -> {
            keys.used(id, clock.instant());
            return Optional.of(true);
        });
    }

    /**
     * Makes a new pair; the only time the secret key is shown.
     *
     * @param actor who makes it, for the audit trail
     */
    public Outcome<ApiKey> create(AccountId account, String description, String actor) {
        if (description.length() > LONGEST_DESCRIPTION || description.chars().anyMatch(Character::isISOControl)) {
            return Outcome.refused(new Refusal.FieldIllegal(
                    "description", description, "at most " + LONGEST_DESCRIPTION + " printable characters"));
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            if (keys.countForUpdate(account) >= most) {
                return Outcome.refused(new Refusal.NotPermitted("account.key.create"));
            }
            ApiKey key = new ApiKey(account, "AKID" + randomText(), randomText());
            keys.insert(
                    account,
                    key.secretId(),
                    secrets.encryptText(purpose(key.secretId()), key.secretKey()),
                    description.strip(),
                    clock.instant());
            audit.record(account, actor, "account.key.create", key.secretId(), description.strip());
            return Outcome.done(key);
        }));
    }

    /** The keys of an account without their secrets. */
    public List<ApiKeyInfo> list(AccountId account) {
        return keys.list(account);
    }

    /** Disables a key for good; false when the account has no such key. */
    public boolean delete(AccountId account, String secretId, String actor) {
        Boolean done = transactions.execute(status -> {
            boolean disabled = keys.disable(account, secretId, clock.instant());
            if (disabled) {
                audit.record(account, actor, "account.key.delete", secretId, "");
            }
            return disabled;
        });
        memory.forget(secretId);
        return Boolean.TRUE.equals(done);
    }

    private String randomText() {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private static String purpose(String secretId) {
        return "account.api-key " + secretId;
    }
}
