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

    /** RFC 1035 §3.3: a character-string has at most 255 octets. */
    private static final int CHARACTER_STRING = 255;

    private static final int TTL = 600;

    /** The records as lines of a zone file (RFC 1035 §5.1), each ended by a line feed. */
    public String zoneFile() {
        StringBuilder lines = new StringBuilder();
        for (DnsRecordCheck record : records) {
            lines.append(record.host()).append(". ").append(TTL).append(" IN ").append(record.type());
            switch (record.kind()) {
                case MX -> lines.append(' ').append(record.expected()).append('.');
                case SPF, DKIM, DMARC -> appendStrings(record.expected(), lines);
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static void appendStrings(String text, StringBuilder out) {
        for (int start = 0; start < text.length(); start += CHARACTER_STRING) {
            String string = text.substring(start, Math.min(text.length(), start + CHARACTER_STRING));
            out.append(" \"")
                    .append(string.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
    }
}
