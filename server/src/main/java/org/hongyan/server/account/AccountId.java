package org.hongyan.server.account;

/** Identity of an account (tenant); positive. */
public record AccountId(long value) {

    /** @throws IllegalArgumentException when not positive */
    public AccountId {
        if (value <= 0) {
            throw new IllegalArgumentException("an account's number is positive: " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
