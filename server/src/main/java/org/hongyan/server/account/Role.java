package org.hongyan.server.account;

/** What a console user may do. */
public enum Role {
    /** Runs the service. */
    OPERATOR,
    /** Reviews templates. */
    REVIEWER,
    /** Owns an account: everything in it, members and keys included. */
    OWNER,
    /** Works in an account. */
    MEMBER;

    /** Whether it belongs to the service and not to an account. */
    public boolean runsTheService() {
        return switch (this) {
            case OPERATOR, REVIEWER -> true;
            case OWNER, MEMBER -> false;
        };
    }
}
