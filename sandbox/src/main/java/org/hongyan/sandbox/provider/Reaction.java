package org.hongyan.sandbox.provider;

import java.time.Instant;
import org.hongyan.mail.address.EmailAddress;

/**
 * One thing that a recipient or its server did after taking a mail.
 *
 * @param at when it was done
 * @param recipient who did it
 * @param kind what it was
 * @param target where it went: a URL or a mail address
 * @param outcome for people: the answer, or why there was none
 * @param succeeded whether the other side took it
 */
public record Reaction(
        Instant at, EmailAddress recipient, Kind kind, String target, String outcome, boolean succeeded) {

    /** Kinds of reaction. */
    public enum Kind {
        /** An image was fetched. */
        OPEN,
        /** A link was followed. */
        CLICK,
        /** The one-click unsubscription of RFC 8058 was posted. */
        UNSUBSCRIBE,
        /** A feedback report was sent. */
        COMPLAINT,
        /** A delivery report was sent. */
        LATE_BOUNCE
    }
}
