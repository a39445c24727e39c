package org.hongyan.server.reputation;

/**
 * What counts of one domain's day (product rule 4, Definitions). Every result counts for the day of the first attempt.
 *
 * @param sent recipients whose first attempt was made that day
 * @param opens people, each counted once, as far as can be told from machines
 */
public record DayTally(
        long sent, long delivered, long invalid, long spamRejected, long complaints, long opens, long clicks) {

    /** Nothing yet. */
    public static final DayTally ZERO = new DayTally(0, 0, 0, 0, 0, 0, 0);
}
