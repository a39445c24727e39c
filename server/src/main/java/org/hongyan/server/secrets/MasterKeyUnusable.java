package org.hongyan.server.secrets;

/** The master key file is missing, damaged or not the one of this database; the message is one sentence that says it. */
public final class MasterKeyUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MasterKeyUnusable(String message) {
        super(message);
    }

    MasterKeyUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
