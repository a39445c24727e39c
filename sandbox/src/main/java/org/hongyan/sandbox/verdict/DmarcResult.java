package org.hongyan.sandbox.verdict;

import java.util.Locale;

/** The results of RFC 7489 §11.2. */
public enum DmarcResult {
    /** The author's domain has no policy. */
    NONE,
    /** SPF or DKIM passed for a domain aligned with the author's. */
    PASS,
    /** Neither did. */
    FAIL,
    /** The DNS could not be asked now. */
    TEMPERROR,
    /** The From field or the policy cannot be used. */
    PERMERROR;

    /** Lower-case word. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
