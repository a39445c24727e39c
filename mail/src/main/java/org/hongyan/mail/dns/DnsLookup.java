package org.hongyan.mail.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.Record;

/** A look-up at the end of its CNAME chain, before its records have become values. */
sealed interface DnsLookup {

    /** The name at the end of the chain exists; records may still be none. */
    record Records(List<Record> records, Duration ttl, boolean secure) implements DnsLookup {}

    /** NXDOMAIN. */
    record Missing() implements DnsLookup {}

    /** Nothing was learned. */
    record Failed(String reason) implements DnsLookup {}

    /** As a {@link DnsAnswer} of values; records that are no value of that kind are left out. */
    default <T> DnsAnswer<T> as(Function<Record, Optional<T>> reader) {
        return switch (this) {
            case Missing() -> new DnsAnswer.NoSuchName<>();
            case Failed(String reason) -> new DnsAnswer.Unavailable<>(reason);
            case Records(List<Record> records, Duration ttl, boolean secure) -> {
                if (records.isEmpty()) {
                    yield new DnsAnswer.NoData<>();
                }
                List<T> values = AnswerReader.values(records, reader);
                // Records that name no possible host say something was published, so "missing" would be a lie.
                yield values.isEmpty()
                        ? new DnsAnswer.Unavailable<>("the records hold no usable name")
                        : new DnsAnswer.Found<>(values, ttl, secure);
            }
        };
    }
}
