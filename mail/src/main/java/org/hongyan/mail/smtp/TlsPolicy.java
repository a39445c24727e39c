package org.hongyan.mail.smtp;

import java.util.List;
import org.hongyan.mail.dns.DnsResolver;

/** How much of TLS a delivery insists on. */
public sealed interface TlsPolicy {

    /** Encrypt where offered, whoever answers (RFC 7435); go on in clear when that fails. */
    record Opportunistic() implements TlsPolicy {}

    /** Encrypt or do not deliver; whoever answers. */
    record Encrypted() implements TlsPolicy {}

    /** Encrypt to a host with a certificate for its name from the web's authorities (RFC 8461 §4.2). */
    record Verified() implements TlsPolicy {}

    /**
     * Encrypt to a host whose certificate the DNS vouches for (RFC 7672).
     *
     * @param records from a DNSSEC-validated answer; at least one
     * @param names reference names for usage DANE-TA: the host and the domain
     */
    record Dane(List<DnsResolver.Tlsa> records, List<String> names) implements TlsPolicy {
        /** @throws IllegalArgumentException when there is no record */
        public Dane {
            if (records.isEmpty()) {
                throw new IllegalArgumentException("at least one record");
            }
            records = List.copyOf(records);
            names = List.copyOf(names);
        }
    }

    /** Never encrypt; for hosts on the same machine and for tests. */
    record Clear() implements TlsPolicy {}

    /** Whether a delivery in clear is out of the question. */
    default boolean isMandatory() {
        return switch (this) {
            case Opportunistic opportunistic -> false;
            case Clear clear -> false;
            case Encrypted encrypted -> true;
            case Verified verified -> true;
            case Dane dane -> true;
        };
    }
}
