package org.hongyan.server.sender;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain with its records as last seen.
 *
 * @param records in the order of {@link RecordKind}; DKIM once for each live selector
 * @param askedServer name server that answered; null before the first check
 * @param dnsHost name of the DNS host recognised from the name servers, such as {@code DNSPod}; null when unknown
 * @param dnsHostUrl where its records are edited; null when unknown
 */
public record DomainReport(
        SendingDomain domain,
        List<DnsRecordCheck> records,
        @Nullable String askedServer,
        @Nullable String dnsHost,
        @Nullable String dnsHostUrl) {

    /** The four records as lines of a zone file. */
    public String zoneFile() {
        throw new UnsupportedOperationException();
    }
}
