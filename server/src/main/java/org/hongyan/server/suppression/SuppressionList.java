package org.hongyan.server.suppression;

import java.time.Instant;
import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Addresses that an account will not mail, and people who unsubscribed from a domain. Thread-safe. */
@Service
public class SuppressionList {

    /** Why an address is suppressed. */
    public enum Reason {
        /** It bounced as invalid. */
        HARD_BOUNCE,
        /** Its owner complained. */
        COMPLAINT,
        /** Added by hand. */
        MANUAL
    }

    /**
     * One suppressed address.
     *
     * @param until null for ever
     * @param source words on where it came from, such as the reply
     */
    public record Entry(
            String address,
            Reason reason,
            Instant since,
            @Nullable Instant until,
            String source) {}

    /** One person who unsubscribed. */
    public record Unsubscribe(String address, String domain, Instant since) {}

    /** In force now, newest first. */
    public List<Entry> list(AccountId account, @Nullable String addressPart, int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Adds by hand; does nothing when it is there. */
    public void add(AccountId account, EmailAddress address, Reason reason, String source, @Nullable Instant until) {
        throw new UnsupportedOperationException();
    }

    /** Takes an address off; false when it was not there. */
    public boolean remove(AccountId account, EmailAddress address) {
        throw new UnsupportedOperationException();
    }

    /** People who unsubscribed, newest first. */
    public List<Unsubscribe> unsubscribes(AccountId account, @Nullable String addressPart, int offset, int limit) {
        throw new UnsupportedOperationException();
    }
}
