package org.hongyan.server.event;

/** Where one recipient of one message stands. */
public enum RecipientState {
    /** Waiting for its first attempt. */
    ACCEPTED,
    /** Tried, to be tried again. */
    DEFERRED,
    /** The receiving host took it. */
    DELIVERED,
    /** Failed for good. */
    BOUNCED,
    /** Its time to live or the longest age is over. */
    EXPIRED,
    /** Not attempted: suppressed, unsubscribed, cancelled or banned after acceptance. */
    DROPPED
}
