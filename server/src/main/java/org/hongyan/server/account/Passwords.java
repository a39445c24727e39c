package org.hongyan.server.account;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Slow hashes of passwords: Argon2id with 16 MB and two passes (OWASP's and Spring Security's choice). A few at a time,
 * so that a flood of sign-ins takes neither all memory nor all processors. Thread-safe.
 */
final class Passwords {

    private static final int AT_A_TIME = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

    private final PasswordEncoder encoder;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    /** Compared with when there is no such user, so that the time tells nothing. */
    private final String nobody;

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.nobody = Objects.requireNonNull(encoder.encode("nobody's password"));
    }

    static Passwords slow() {
        return new Passwords(Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8());
    }

    String hash(String password) {
        places.acquireUninterruptibly();
        try {
            return Objects.requireNonNull(encoder.encode(password));
        } finally {
            places.release();
        }
    }

    boolean matches(String password, String hash) {
        places.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            places.release();
        }
    }

    /** Takes the time of a comparison. */
    void matchNobody(String password) {
        matches(password, nobody);
    }
}
