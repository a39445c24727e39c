package org.hongyan.server.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who did what, when; append-only, also for the operator. Thread-safe. */
@Service
public class AuditTrail {

    private static final int LONGEST_DETAIL = 2000;

    private final AuditRepository entries;
    private final Clock clock;

    AuditTrail(AuditRepository entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

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
     * @param detail facts for people, possibly empty; never a secret; cut at 2,000 characters
     */
    public void record(@Nullable AccountId account, String actor, String action, String object, String detail) {
        entries.insert(new Entry(clock.instant(), account, actor, action, storable(object), storable(detail)));
    }

    /** The newest entries of an account; of all when null. */
    public List<Entry> latest(@Nullable AccountId account, int limit) {
        return entries.latest(account, limit);
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static String storable(String text) {
        String clean = text.replace('\0', ' ');
        return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
