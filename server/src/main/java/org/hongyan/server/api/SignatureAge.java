package org.hongyan.server.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A signature is good for five minutes to either side of our clock, both ends included. */
final class SignatureAge {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final InstantSource clock;

    SignatureAge(InstantSource clock) {
        this.clock = clock;
    }

    boolean isFresh(long unixSeconds) {
        long distance = Math.abs(clock.instant().getEpochSecond() - unixSeconds);
        return distance <= WINDOW.toSeconds();
    }

    /** The timestamp of ten digits or so, or -1 when it is none. */
    static long parse(String text) {
        if (text.isEmpty() || text.length() > 11 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long seconds = Long.parseLong(text);
        return seconds > Instant.MAX.getEpochSecond() ? -1 : seconds;
    }
}
