package org.hongyan.server.store;

/** The store cannot be used, for a reason the operator can act on; the message is one sentence that says it. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreUnavailable(String message) {
        super(message);
    }

    StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
