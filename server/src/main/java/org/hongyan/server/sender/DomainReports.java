package org.hongyan.server.sender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.springframework.stereotype.Component;

/** Puts what is wanted of a domain's records beside what was last seen of them. */
@Component
class DomainReports {

    private static final RecordJudgement UNCHECKED =
            new RecordJudgement(RecordStatus.UNCHECKED, "unchecked", Map.of(), List.of());

    private final DomainRepository domains;
    private final DkimKeyRepository keys;
    private final SenderProperties settings;
    private final DnsHosts dnsHosts = DnsHosts.load();

    DomainReports(DomainRepository domains, DkimKeyRepository keys, SenderProperties settings) {
        this.domains = domains;
        this.keys = keys;
        this.settings = settings;
    }

    DomainReport report(StoredDomain stored) {
        DomainName name = stored.domain().name();
        Map<RecordSlot, RecordJudgement> seen = domains.records(stored.domain().id());
        List<DnsRecordCheck> records = new ArrayList<>();
        records.add(check(name, RecordSlot.MX, settings.mxPreference() + " " + settings.bounceHostName(), seen));
        records.add(check(name, RecordSlot.SPF, "v=spf1 include:" + settings.spfDomainName() + " ~all", seen));
        for (StoredKey key : keys.ofDomain(stored.domain().id())) {
            records.add(check(name, RecordSlot.dkim(key.selector()), key.publicRecord(), seen));
        }
        records.add(check(name, RecordSlot.DMARC, settings.dmarcRecord(), seen));
        Optional<DnsHosts.DnsHost> host = dnsHosts.of(name, stored.nameServers());
        return new DomainReport(
                stored.domain(),
                List.copyOf(records),
                stored.askedServer(),
                host.map(DnsHosts.DnsHost::name).orElse(null),
                host.map(DnsHosts.DnsHost::url).orElse(null));
    }

    private static DnsRecordCheck check(
            DomainName domain, RecordSlot slot, String expected, Map<RecordSlot, RecordJudgement> seen) {
        RecordJudgement judgement = seen.getOrDefault(slot, UNCHECKED);
        // Who has a record already is shown that record with ours added, not one that would replace it.
        String wanted = judgement.facts().getOrDefault("suggested", expected);
        return new DnsRecordCheck(
                slot.kind(),
                slot.type(),
                slot.host(domain),
                wanted,
                judgement.seen(),
                judgement.status(),
                judgement.reason(),
                judgement.facts());
    }
}
