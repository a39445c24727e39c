package org.hongyan.server.sender;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hongyan.server.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * The policy of SMTP passwords and their slow hash (bcrypt).
 *
 * <p>A program may log in for every mail it sends, so a password that was right a moment ago is known by a keyed digest
 * in memory. The key lives as long as the process, and an entry counts only together with the hash it was checked
 * against: a changed password is in force at once. Thread-safe.
 */
@Component
class SmtpPasswords {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 64;
    private static final int OF_EACH_KIND = 2;

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 10_000;

    private final BCryptPasswordEncoder encoder;
    private final SecretKeySpec digestKey;

    /** What an unknown name is checked against, so that it takes as long as a known one. */
    private final String hashOfNobody;

    /** Slow hashes are pure computing: more of them at once than processors would only make each slower. */
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

    private final Cache<String, byte[]> remembered = CacheBuilder.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    SmtpPasswords(SenderProperties settings) {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[32];
        random.nextBytes(key);
        this.digestKey = new SecretKeySpec(key, "HmacSHA256");
        this.encoder = new BCryptPasswordEncoder(settings.passwordHashCost(), random);
        this.hashOfNobody = hashed(Long.toString(random.nextLong()));
    }

    /** What the policy objects to. Names of the problems: {@code characters}, {@code length}, {@code kinds}. */
    static Optional<Refusal> problemOf(String password) {
        // bcrypt looks at 72 octets; with ASCII alone, 64 characters are 64 octets.
        if (!password.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.of(new Refusal.PasswordTooWeak("characters"));
        }
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            return Optional.of(new Refusal.PasswordTooWeak("length"));
        }
        boolean mixed = count(password, '0', '9') >= OF_EACH_KIND
                && count(password, 'a', 'z') >= OF_EACH_KIND
                && count(password, 'A', 'Z') >= OF_EACH_KIND;
        return mixed ? Optional.empty() : Optional.of(new Refusal.PasswordTooWeak("kinds"));
    }

    String hash(String password) {
        return hashed(password);
    }

    /** Whether this is the password of that hash; a null hash takes as long and never matches. */
    boolean matches(String password, @Nullable String hash) {
        if (hash == null) {
            slowMatch(password, hashOfNobody);
            return false;
        }
        byte[] digest = digest(password);
        byte[] known = remembered.getIfPresent(hash);
        if (known != null && MessageDigest.isEqual(known, digest)) {
            return true;
        }
        boolean right = slowMatch(password, hash);
        if (right) {
            remembered.put(hash, digest);
        }
        return right;
    }

    private boolean slowMatch(String password, String hash) {
        // Longer ones are wrong anyway, yet must not be quicker.
        String bounded = password.length() > LONGEST ? password.substring(0, LONGEST) : password;
        hashing.acquireUninterruptibly();
        try {
            return encoder.matches(bounded, hash) && bounded.length() == password.length();
        } finally {
            hashing.release();
        }
    }

    private String hashed(String password) {
        hashing.acquireUninterruptibly();
        try {
            return Objects.requireNonNull(encoder.encode(password));
        } finally {
            hashing.release();
        }
    }

    private byte[] digest(String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(digestKey);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    private static long count(String password, char first, char last) {
        return password.chars().filter(c -> c >= first && c <= last).count();
    }
}
