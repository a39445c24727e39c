package org.hongyan.mail.report;

/** What kind of failure a reply tells of. The wire names are the words of statistics, settings and the classify command. */
public enum BounceCategory {
    /** Unknown user, missing domain, null MX, disabled mailbox: the only category that counts as an invalid address. */
    INVALID_ADDRESS("invalid-address"),
    /** The mailbox is over its quota. */
    MAILBOX_FULL("mailbox-full"),
    /** Refused as spam, for its content, its sender or the source address; see the blame. */
    SPAM_REJECTED("spam-rejected"),
    /** Refused by a rule of the receiving side that is not about spam. */
    POLICY("policy"),
    /** Too much, too fast, too many connections: to be retried more slowly. */
    RATE_LIMITED("rate-limited"),
    /** SPF, DKIM, DMARC or login failures. */
    AUTH("auth"),
    /** A passing trouble of the receiving side, greylisting included. */
    TEMPORARY("temporary"),
    /** No connection, or a broken one. */
    NETWORK("network"),
    /** Nothing above. */
    OTHER("other");

    private final String wireName;

    BounceCategory(String wireName) {
        this.wireName = wireName;
    }

    /** Lower-case name with hyphens. */
    public String wireName() {
        return wireName;
    }
}
