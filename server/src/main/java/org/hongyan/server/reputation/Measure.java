package org.hongyan.server.reputation;

/** A share that a rule looks at (product rule 4, Definitions): what is counted, over what. */
public enum Measure {
    /** Sent over the level's cap. */
    SENT_SHARE("sent"),
    /** Invalid addresses over sent. */
    INVALID_RATE("invalid"),
    /** Delivered over sent. */
    DELIVERED_RATE("delivered"),
    /** Refused for content or for the sending domain, over sent. */
    SPAM_REJECTED_RATE("spamRejected"),
    /** Complaints over delivered, people counted once. */
    COMPLAINT_RATE("complaints"),
    /** Human opens over delivered, people counted once. */
    OPEN_RATE("opens");

    private final String wireName;

    Measure(String wireName) {
        this.wireName = wireName;
    }

    /** The name that settings and the what-if command use. */
    public String wireName() {
        return wireName;
    }

    /** What is counted. */
    long count(DayTally tally) {
        return switch (this) {
            case SENT_SHARE -> tally.sent();
            case INVALID_RATE -> tally.invalid();
            case DELIVERED_RATE -> tally.delivered();
            case SPAM_REJECTED_RATE -> tally.spamRejected();
            case COMPLAINT_RATE -> tally.complaints();
            case OPEN_RATE -> tally.opens();
        };
    }

    /** What it is counted over. */
    long base(DayTally tally, long cap) {
        return switch (this) {
            case SENT_SHARE -> cap;
            case INVALID_RATE, DELIVERED_RATE, SPAM_REJECTED_RATE -> tally.sent();
            case COMPLAINT_RATE, OPEN_RATE -> tally.delivered();
        };
    }
}
