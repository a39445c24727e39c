package org.hongyan.server.sender;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.PublicSuffixes;
import org.hongyan.mail.dns.AuthoritativeAnswer;
import org.hongyan.mail.dns.AuthoritativeDns;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.springframework.stereotype.Component;

/**
 * Asks a domain's own name servers for its records, all at once, and judges what they say. Bounded in time by the DNS
 * settings; thread-safe; stores nothing.
 */
@Component
class RecordLooker {

    private final AuthoritativeDns authoritative;
    private final DnsResolver resolver;
    private final DomainName bounceHost;
    private final DomainName spfName;

    RecordLooker(AuthoritativeDns authoritative, DnsResolver resolver, SenderProperties settings) {
        this.authoritative = authoritative;
        this.resolver = resolver;
        this.bounceHost = settings.bounceHostName();
        this.spfName = settings.spfDomainName();
    }

    /** A judgement with the server that it rests on. */
    private record Told(RecordJudgement judgement, Set<String> servers) {
        static Told of(RecordJudgement judgement, AuthoritativeAnswer<?> answer) {
            return new Told(judgement, answer.server() == null ? Set.of() : Set.of(answer.server()));
        }
    }

    DomainLook look(DomainName domain, List<StoredKey> keys) {
        Map<RecordSlot, Future<Told>> asked = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<String>> nameServers = threads.submit(() -> nameServers(domain));
            asked.put(RecordSlot.MX, threads.submit(() -> mx(domain)));
            asked.put(RecordSlot.SPF, threads.submit(() -> spf(domain)));
            asked.put(RecordSlot.DMARC, threads.submit(() -> dmarc(domain)));
            for (StoredKey key : keys) {
                asked.put(RecordSlot.dkim(key.selector()), threads.submit(() -> dkim(domain, key)));
            }
            Map<RecordSlot, RecordJudgement> judgements = new HashMap<>();
            Set<String> servers = new LinkedHashSet<>();
            for (Map.Entry<RecordSlot, Future<Told>> entry : asked.entrySet()) {
                Told told = entry.getValue().get();
                judgements.put(entry.getKey(), told.judgement());
                servers.addAll(told.servers());
            }
            return new DomainLook(
                    judgements, servers.stream().sorted().findFirst().orElse(null), nameServers.get());
        } catch (ExecutionException broken) {
            throw new IllegalStateException("a look at the records of " + domain + " broke", broken.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a look at the records of " + domain + " was interrupted", interrupted);
        }
    }

    /** Mail exchangers of a domain; empty also when the DNS does not answer. */
    List<DnsResolver.Mx> exchangers(DomainName domain) {
        return authoritative.mx(domain).answer().recordsOrEmpty();
    }

    private Told mx(DomainName domain) {
        AuthoritativeAnswer<DnsResolver.Mx> answer = authoritative.mx(domain);
        return Told.of(MxRule.judge(bounceHost, answer.answer()), answer);
    }

    private Told spf(DomainName domain) {
        AuthoritativeAnswer<String> answer = authoritative.txt(domain);
        // Names of others are asked through the ordinary resolver, as every receiver does.
        return Told.of(SpfRule.judge(spfName, answer.answer(), resolver::txt), answer);
    }

    private Told dkim(DomainName domain, StoredKey key) {
        DomainName host = RecordSlot.dkim(key.selector()).host(domain);
        AuthoritativeAnswer<String> answer = authoritative.txt(host);
        return Told.of(
                orMisplaced(domain, host, DkimRule.judge(key.publicRecord(), answer.answer()), "dkim.doubled-host"),
                answer);
    }

    private Told dmarc(DomainName domain) {
        DomainName host = RecordSlot.DMARC.host(domain);
        AuthoritativeAnswer<String> answer = authoritative.txt(host);
        return Told.of(orMisplaced(domain, host, DmarcRule.judge(answer.answer()), "dmarc.doubled-host"), answer);
    }

    /** Panels that add the zone by themselves turn a full host name into one with the zone twice: a common slip. */
    private RecordJudgement orMisplaced(DomainName domain, DomainName host, RecordJudgement judgement, String reason) {
        if (judgement.status() != RecordStatus.MISSING) {
            return judgement;
        }
        Set<DomainName> zones = new LinkedHashSet<>();
        PublicSuffixes.registrableDomain(domain).ifPresent(zones::add);
        zones.add(domain);
        for (DomainName zone : zones) {
            DomainName doubled =
                    DomainName.tryParse(host.ascii() + "." + zone.ascii()).orElse(null);
            if (doubled != null && authoritative.txt(doubled).answer() instanceof DnsAnswer.Found<String>) {
                return RecordJudgement.missing(reason).with("found", doubled.ascii());
            }
        }
        return judgement;
    }

    private List<String> nameServers(DomainName domain) {
        List<String> names = new ArrayList<>();
        authoritative.nameServers(domain).recordsOrEmpty().forEach(server -> names.add(server.ascii()));
        names.sort(String::compareTo);
        return names;
    }
}
