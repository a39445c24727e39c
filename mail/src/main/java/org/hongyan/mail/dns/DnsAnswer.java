package org.hongyan.mail.dns;

import java.time.Duration;
import java.util.List;

/**
 * What the DNS said. The four cases must never be mixed up: only {@link NoSuchName} and {@link NoData} say that
 * something is missing; {@link Unavailable} says nothing about the name at all.
 *
 * @param <T> the kind of record asked for
 */
public sealed interface DnsAnswer<T> {

    /**
     * Records exist.
     *
     * @param records at least one
     * @param ttl how long they may be kept
     * @param secure whether DNSSEC validated the answer
     */
    record Found<T>(List<T> records, Duration ttl, boolean secure) implements DnsAnswer<T> {
        /** @throws IllegalArgumentException when there is no record */
        public Found {
            if (records.isEmpty()) {
                throw new IllegalArgumentException("Found has at least one record");
            }
            records = List.copyOf(records);
        }
    }

    /** NXDOMAIN: the name does not exist. */
    record NoSuchName<T>() implements DnsAnswer<T> {}

    /** The name exists, but has no record of this type. */
    record NoData<T>() implements DnsAnswer<T> {}

    /**
     * Time-out, SERVFAIL, REFUSED, or an answer that cannot be used.
     *
     * @param reason for people: which server, and what happened
     */
    record Unavailable<T>(String reason) implements DnsAnswer<T> {}

    /** The records found, or none in the three other cases. Only for callers to whom those are the same. */
    default List<T> recordsOrEmpty() {
        return this instanceof Found<T>(List<T> records, Duration ttl, boolean secure) ? records : List.of();
    }
}
