package org.hongyan.sandbox.verdict;

import java.util.Locale;

/**
 * What became of one DKIM signature.
 *
 * @param result the result
 * @param domain {@code d=}; empty when the signature names none
 * @param selector {@code s=}; empty when the signature names none
 * @param reason for people
 */
public record DkimVerdict(Result result, String domain, String selector, String reason) {

    /** The results of RFC 8601 §2.7.1 that one signature can have. */
    public enum Result {
        /** The signature holds. */
        PASS,
        /** It does not. */
        FAIL,
        /** The key could not be learned now. */
        TEMPERROR,
        /** The signature or its key can never be used. */
        PERMERROR;

        /** Lower-case word. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the signature holds. */
    public boolean passed() {
        return result == Result.PASS;
    }
}
