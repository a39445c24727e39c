package org.hongyan.server.store;

/**
 * How a database is reached.
 *
 * @param url a {@code jdbc:postgresql:} URL
 * @param user the role to log in as
 * @param password its password; empty where the server asks for none
 */
record StoreAddress(String url, String user, String password) {

    /** Leaves the password out: this ends in logs. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
