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
    REFUSED;

    /** Whether a domain may move from this state to that one; staying is no move. */
    public boolean canBecome(DomainState next) {
        return switch (this) {
            case PENDING -> next == VERIFIED;
            case VERIFIED -> next == ABNORMAL;
            case ABNORMAL -> next == VERIFIED || next == REFUSED;
            case REFUSED -> next == VERIFIED;
        };
    }

    /** Whether mail may be sent from a domain in this state. */
    public boolean maySend() {
        return this == VERIFIED || this == ABNORMAL;
    }
}
