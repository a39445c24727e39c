package org.hongyan.sandbox.dns;

import java.time.Duration;
import java.util.List;

/** A way in which the name service can be made to fail for one name, so that others can be tested against it. */
public sealed interface DnsFault {

    /** SERVFAIL. */
    record ServerFailure() implements DnsFault {}

    /** REFUSED. */
    record Refusal() implements DnsFault {}

    /** No answer at all: the asker runs into its time-out. */
    record Silence() implements DnsFault {}

    /**
     * The right answer, late.
     *
     * @param delay up to one minute
     */
    record Delay(Duration delay) implements DnsFault {
        /** @throws IllegalArgumentException when the delay is negative or above a minute */
        public Delay {
            if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("an answer is delayed by at most a minute");
            }
        }
    }

    /** Every answer over UDP is empty and marked as truncated; TCP answers in full. */
    record Truncation() implements DnsFault {}

    /** Octets that are no DNS message. */
    record Garbage() implements DnsFault {}

    /** The right answer under a wrong message ID, as an attacker who guesses would send it. */
    record WrongId() implements DnsFault {}

    /**
     * Other records in place of the right ones.
     *
     * @param records the false answer as it stands, whatever its names and types; none means NXDOMAIN
     */
    record Lie(List<DnsRecord> records) implements DnsFault {
        /** Copies the list. */
        public Lie {
            records = List.copyOf(records);
        }
    }
}
