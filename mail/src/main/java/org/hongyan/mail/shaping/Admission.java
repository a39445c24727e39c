package org.hongyan.mail.shaping;

import java.time.Instant;

/** Answer of the {@link Pacer}: now, or not before. */
public sealed interface Admission {

    /** One connection may be used for one mail now. The permit must be closed. */
    record Granted(Permit permit) implements Admission {}

    /**
     * Not now.
     *
     * @param when asking earlier is of no use; at that time a grant is likely, not sure
     * @param reason what the lane waits for
     */
    record NotBefore(Instant when, Reason reason) implements Admission {}

    /** What a lane waits for. */
    enum Reason {
        /** All connections are in use. */
        CONNECTIONS,
        /** The rate is used up. */
        RATE,
        /** The provider pushed back or cannot be reached; one probe goes out at a time. */
        SUSPENDED
    }
}
