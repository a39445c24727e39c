package org.hongyan.sandbox.verdict;

import java.util.Locale;

/** The results of RFC 7208 §2.6. */
public enum SpfResult {
    /** No record, or no domain to ask about. */
    NONE,
    /** The domain says nothing of this client. */
    NEUTRAL,
    /** The client may send for the domain. */
    PASS,
    /** The client may not. */
    FAIL,
    /** The client probably may not. */
    SOFTFAIL,
    /** The DNS could not be asked now. */
    TEMPERROR,
    /** The record cannot be used as it is. */
    PERMERROR;

    /** Lower-case word of RFC 8601 §2.7.2. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
