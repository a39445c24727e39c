package org.hongyan.server.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who did what, when; append-only, also for the operator. Thread-safe. */
@Service
public class AuditTrail {

    /** One entry. */
    public record Entry(
            Instant time, @Nullable AccountId account, String actor, String action, String object, String detail) {}

    /**
     * Adds an entry in the caller's transaction, if there is one.
     *
     * @param account null for the operator's own affairs
     * @param actor login name, {@code api:<secretId>} or {@code system}
     * @param action dotted words, such as {@code domain.create}
     * @param object what it was done to
     * @param detail facts for people, possibly empty; never a secret
     */
    public void record(@Nullable AccountId account, String actor, String action, String object, String detail) {
        throw new UnsupportedOperationException();
    }

    /** The newest entries of an account; of all when null. */
    public List<Entry> latest(@Nullable AccountId account, int limit) {
        throw new UnsupportedOperationException();
    }
}
