package org.hongyan.server.account;

/** Steps of activation (product rule 1, 开通). Only {@link #ACTIVATED} accounts may send. */
public enum AccountState {
    /** Has logged in, has not given a real name. */
    REGISTERED,
    /** Waits for the operator to confirm the real name. */
    REAL_NAME_AWAITING,
    /** May use the service. */
    ACTIVATED,
    /** Stopped by the operator. */
    SUSPENDED
}
