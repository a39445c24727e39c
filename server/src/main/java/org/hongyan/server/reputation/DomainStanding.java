package org.hongyan.server.reputation;

import java.time.Instant;

/**
 * Where a domain stands today.
 *
 * @param level 0 to 20, or 21 for a cap set by hand
 * @param cap mails a day
 * @param admitted sent today and still waiting to be sent today; what the cap is held against
 * @param dayEndsAt next midnight of the operator's zone
 */
public record DomainStanding(
        long domainId, int level, long cap, long admitted, DayTally today, boolean banned, Instant dayEndsAt) {

    /** How many more may be accepted today. */
    public long remaining() {
        return banned || level == 0 ? 0 : Math.max(0, cap - admitted);
    }
}
