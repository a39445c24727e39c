package org.hongyan.server.api;

import java.util.List;
import org.hongyan.server.sender.DnsRecordCheck;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.RecordStatus;

/** The answers of the three actions that show a domain with its records. */
final class DnsAttributes {

    /** Our keys have 2,048 bits, always. */
    static final long DKIM_2048 = 1;

    record Attribute(String type, String sendDomain, String expectedValue, String currentValue, boolean status) {}

    record Identity(
            String identityType,
            boolean verifiedForSendingStatus,
            List<Attribute> attributes,

            @com.fasterxml.jackson.annotation.JsonProperty("DKIMOption")
            long dkimOption) {}

    private DnsAttributes() {}

    static Record of(DomainReport report) {
        List<Attribute> attributes =
                report.records().stream().map(DnsAttributes::of).toList();
        return new Identity("DOMAIN", isVerified(report.domain().state()), attributes, DKIM_2048);
    }

    /** An abnormal domain may send until its grace period is over. */
    static boolean isVerified(DomainState state) {
        return state == DomainState.VERIFIED || state == DomainState.ABNORMAL;
    }

    private static Attribute of(DnsRecordCheck record) {
        return new Attribute(
                record.type(),
                record.host().ascii(),
                record.expected(),
                String.join("; ", record.seen()),
                record.status() == RecordStatus.PASS);
    }
}
