package org.hongyan.mail.relay;

import org.hongyan.mail.shaping.Permit;
import org.hongyan.mail.shaping.Provider;

/**
 * Permission to hand mails to one destination now, from one source address. It is used once, by one thread, with
 * {@link Relay#deliver}, and must be closed.
 */
public final class Turn implements AutoCloseable {

    private final Destination destination;
    private final SourcePool.Source source;
    private final Permit permit;

    Turn(Destination destination, SourcePool.Source source, Permit permit) {
        this.destination = destination;
        this.source = source;
        this.permit = permit;
    }

    /** Who receives. */
    public Provider provider() {
        return permit.lane().provider();
    }

    /** Name of the source address in its pool. */
    public String source() {
        return source.name();
    }

    Destination destination() {
        return destination;
    }

    SourcePool.Source from() {
        return source;
    }

    Permit permit() {
        return permit;
    }

    /** Gives the permission back. Idempotent. */
    @Override
    public void close() {
        permit.close();
    }
}
