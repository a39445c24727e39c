package org.hongyan.server.sandbox;

import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.DnsRecordCheck;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Puts all records that a sending domain wants into the pretend DNS, as its owner would at a DNS host. Thread-safe. */
@Component
@Profile("sandbox")
public final class RecordPublisher {

    private final Sandbox sandbox;
    private final SendingDomains domains;

    RecordPublisher(Sandbox sandbox, SendingDomains domains) {
        this.sandbox = sandbox;
        this.domains = domains;
    }

    /**
     * Publishes MX, SPF, DKIM (each live selector) and DMARC of a sending domain, in place of what is there under the
     * same name and type.
     *
     * @return the records as published; empty when no account has the domain
     */
    public Optional<List<DnsRecord>> publish(DomainName name) {
        Optional<SendingDomain> domain = domains.find(name);
        if (domain.isEmpty()) {
            return Optional.empty();
        }
        return switch (domains.report(domain.get().accountId(), name.toString())) {
            case Outcome.Done<DomainReport>(DomainReport report) -> Optional.of(publish(report));
            case Outcome.Refused<DomainReport> gone -> Optional.empty();
        };
    }

    private List<DnsRecord> publish(DomainReport report) {
        List<DnsRecord> records =
                report.records().stream().map(RecordPublisher::record).toList();
        for (DnsRecord record : records) {
            sandbox.dns().replace(record.name(), record.type(), List.of(record));
        }
        return records;
    }

    private static DnsRecord record(DnsRecordCheck wanted) {
        String host = wanted.host().toString();
        return switch (wanted.kind()) {
            case MX -> {
                int space = wanted.expected().indexOf(' ');
                String exchange = wanted.expected().substring(space + 1);
                yield DnsRecord.mx(
                        host,
                        Integer.parseInt(wanted.expected().substring(0, space)),
                        exchange.endsWith(".") ? exchange : exchange + ".");
            }
            case SPF, DKIM, DMARC -> DnsRecord.txt(host, wanted.expected());
        };
    }
}
