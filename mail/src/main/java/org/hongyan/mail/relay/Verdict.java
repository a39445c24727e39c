package org.hongyan.mail.relay;

import org.hongyan.mail.smtp.EnhancedStatus;

/** What a failure means. */
sealed interface Verdict {

    /** This host is of no use now; another may be. */
    record NextHost() implements Verdict {}

    /** The same host once more, without TLS. */
    record RetryInClear() implements Verdict {}

    /** Later. */
    record Defer(EnhancedStatus status) implements Verdict {}

    /** Never. */
    record Bounce(EnhancedStatus status) implements Verdict {}
}
