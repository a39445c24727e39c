package org.hongyan.server.sender;

/** Where a sending domain stands (product rule 1). */
public enum DomainState {
    /** Not yet verified. */
    PENDING,
    /** All records are right. */
    VERIFIED,
    /** A record has gone wrong; sending goes on until the grace period is over. */
    ABNORMAL,
    /** The grace period is over; sending is refused until the records are right again. */
    REFUSED
}
