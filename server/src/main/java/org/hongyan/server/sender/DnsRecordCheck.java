package org.hongyan.server.sender;

import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.DomainName;

/**
 * One wanted record and what was seen of it.
 *
 * @param type {@code MX} or {@code TXT}
 * @param host full name of the record
 * @param expected value to enter at the DNS host; for MX with its preference, such as {@code 10 bounce.example.net}
 * @param seen values found, possibly none
 * @param reason key of the message bundle {@code i18n/sender/messages} under {@code sender.reason.}, such as {@code
 *     spf.two-records}; for a passed record it says what made it pass, and it is {@code unchecked} before the first look
 * @param reasonFacts named facts for the message, such as {@code why} or {@code lookups}
 */
public record DnsRecordCheck(
        RecordKind kind,
        String type,
        DomainName host,
        String expected,
        List<String> seen,
        RecordStatus status,
        String reason,
        Map<String, String> reasonFacts) {}
