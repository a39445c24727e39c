package org.hongyan.mail.dkim;

import org.hongyan.mail.address.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * What became of one signature (RFC 6376 §3.9, RFC 8601 §2.7.1).
 *
 * @param domain the signing domain, {@code d=}; null when the signature does not name a valid one
 * @param selector {@code s=}; null when the signature does not name a valid one
 * @param reason for people, never empty; made of our words and the DNS name only, never of the message's text
 */
public record DkimResult(
        Status status,
        @Nullable DomainName domain,
        @Nullable String selector,
        String reason) {

    /** The result names of RFC 8601; a message without signatures has no results. */
    public enum Status {
        /** The signature holds. */
        PASS,
        /** The signature does not hold: the message or the signature was changed. */
        FAIL,
        /** The key could not be learned now. */
        TEMPERROR,
        /** The signature or its key can never be used. */
        PERMERROR
    }

    /** Whether the signature holds. */
    public boolean passed() {
        return status == Status.PASS;
    }
}
