package org.hongyan.server.account;

/** Identity of an account (tenant); positive. */
public record AccountId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
