package org.hongyan.mail.shaping;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use one connection of a lane, until closed. The holder tells how it went, and the lane learns from it.
 * Used by one thread at a time.
 */
public final class Permit implements AutoCloseable {

    private final LaneState lane;
    private final boolean probe;
    private final long grantedAt;
    private final AtomicBoolean closed = new AtomicBoolean();

    Permit(LaneState lane, boolean probe, long grantedAt) {
        this.lane = lane;
        this.probe = probe;
        this.grantedAt = grantedAt;
    }

    /** The lane it is for. */
    public Lane lane() {
        return lane.lane();
    }

    /** What the rules allow there. */
    public Limits limits() {
        return lane.limits();
    }

    /**
     * Asks for one more mail on the same connection. False when the rate is used up, the window has shrunk, or others
     * wait: then finish and close.
     */
    public boolean next() {
        return lane.nextMail(probe);
    }

    /** Takes back the last {@link #next}: there was no mail after all. */
    public void unused() {
        lane.giveBackToken();
    }

    /** The provider took a mail, or refused it for reasons of its own that have nothing to do with pace. */
    public void went() {
        lane.went();
    }

    /** The provider said in one way or another that it is too much or too fast. */
    public void pushedBack() {
        lane.pushedBack();
    }

    /** No host of the provider could be reached, or each sent us away before the first command. */
    public void unreachable() {
        lane.unreachable();
    }

    /** Gives the connection back. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            lane.release(probe, grantedAt);
        }
    }
}
