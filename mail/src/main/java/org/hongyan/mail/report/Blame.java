package org.hongyan.mail.report;

/** Whose doing a failure is. Only what the account caused may count against it (product rule 4, fair blame). */
public enum Blame {
    /** The mailbox or its owner's settings. */
    RECIPIENT("recipient"),
    /** What the message says or carries. */
    CONTENT("content"),
    /** The sending domain: its reputation, its records, its sender. */
    DOMAIN("domain"),
    /** The address we connect from. */
    SOURCE_ADDRESS("ip"),
    /** The receiving side's own trouble, or the network between. */
    RECEIVER("server"),
    /** Our software or its configuration. */
    US("us");

    private final String wireName;

    Blame(String wireName) {
        this.wireName = wireName;
    }

    /** The word of rule files and of the classify command. */
    public String wireName() {
        return wireName;
    }
}
