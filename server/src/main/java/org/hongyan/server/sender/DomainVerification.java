package org.hongyan.server.sender;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hongyan.server.account.AuditTrail;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at a domain's records and settles what follows: the records as seen, the state, the time of the next look, the
 * news. The DNS is asked outside of any transaction. Thread-safe, on any number of nodes.
 */
@Component
class DomainVerification {

    private final Registry registry;
    private final RecordLooker looker;
    private final AuditTrail auditTrail;
    private final ApplicationEventPublisher events;
    private final SenderProperties settings;
    private final Clock clock;

    DomainVerification(
            Registry registry,
            RecordLooker looker,
            AuditTrail auditTrail,
            ApplicationEventPublisher events,
            SenderProperties settings,
            Clock clock) {
        this.registry = registry;
        this.looker = looker;
        this.auditTrail = auditTrail;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is stored of domains, and the transaction to change it in. */
    @Component
    record Registry(DomainRepository domains, DkimKeyRepository keys, TransactionTemplate transactions) {}

    /** Empty when the domain was deleted meanwhile. */
    Optional<StoredDomain> look(SendingDomain domain, boolean byHand) {
        List<StoredKey> keys = registry.keys().ofDomain(domain.id());
        DomainLook look = looker.look(domain.name(), keys);
        if (domain.state() == DomainState.VERIFIED && look.verdict() == DomainLook.Verdict.WRONG) {
            // A state goes down only for what was seen twice: one name server may lag behind the others for a moment.
            look = looker.look(domain.name(), keys);
        }
        DomainLook settled = look;
        return Objects.requireNonNull(
                registry.transactions().execute(transaction -> settle(domain, keys, settled, byHand)));
    }

    private Optional<StoredDomain> settle(SendingDomain before, List<StoredKey> keys, DomainLook look, boolean byHand) {
        Optional<StoredDomain> locked = registry.domains().lock(before.id());
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        StoredDomain stored = locked.get();
        DomainState from = stored.domain().state();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean selectorWaits = keys.stream().anyMatch(key -> key.passedAt() == null && !passed(look, key));
        DomainProgress progress = DomainProgress.after(
                stored,
                verdictFor(before, from, look),
                new DomainProgress.Occasion(byHand, selectorWaits),
                now,
                settings);
        if (progress.state() != from && !from.canBecome(progress.state())) {
            throw new IllegalStateException(from + " cannot become " + progress.state());
        }
        if (!registry.domains().update(before.id(), from, progress, look, now)) {
            throw new IllegalStateException("a locked domain has changed its state");
        }
        registry.domains().replaceRecords(before.id(), ofKeysThatStillExist(look, before.id()), now);
        keys.stream()
                .filter(key -> passed(look, key))
                .forEach(key -> registry.keys().markPassed(before.id(), key.selector(), now));
        retireOldKeys(before.id(), now);
        if (progress.state() != from) {
            tell(stored.domain(), progress, look, now);
        }
        return registry.domains().lock(before.id());
    }

    /** Another look may have moved the domain while ours was on its way; then ours is too old to lower it. */
    private static DomainLook.Verdict verdictFor(SendingDomain before, DomainState from, DomainLook look) {
        DomainLook.Verdict verdict = look.verdict();
        return verdict == DomainLook.Verdict.WRONG && before.state() != from ? DomainLook.Verdict.UNKNOWN : verdict;
    }

    private static boolean passed(DomainLook look, StoredKey key) {
        RecordJudgement judgement = look.judgements().get(RecordSlot.dkim(key.selector()));
        return judgement != null && judgement.passed();
    }

    private Map<RecordSlot, RecordJudgement> ofKeysThatStillExist(DomainLook look, long domainId) {
        List<String> selectors = registry.keys().ofDomain(domainId).stream()
                .map(StoredKey::selector)
                .toList();
        return look.judgements().entrySet().stream()
                .filter(entry -> entry.getKey().kind() != RecordKind.DKIM
                        || selectors.contains(entry.getKey().selector()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Mail signed with the old selector has been verified by everybody long before it is forgotten. */
    private void retireOldKeys(long domainId, Instant now) {
        List<StoredKey> keys = registry.keys().ofDomain(domainId);
        keys.reversed().stream()
                .filter(key -> key.passedAt() != null
                        && key.passedAt().plus(settings.oldSelectorKept()).isBefore(now))
                .findFirst()
                .ifPresent(live -> keys.stream()
                        .filter(key -> key.id() < live.id())
                        .forEach(key -> registry.keys().delete(key.id())));
    }

    private void tell(SendingDomain domain, DomainProgress progress, DomainLook look, Instant now) {
        DomainState to = progress.state();
        String action = switch (to) {
            case PENDING -> throw new IllegalStateException("no domain becomes pending");
            case VERIFIED -> domain.verifiedAt() == null ? "domain.verified" : "domain.recovered";
            case ABNORMAL -> "domain.abnormal";
            case REFUSED -> "domain.refused";
        };
        auditTrail.record(domain.accountId(), "system", action, domain.name().ascii(), wrongRecords(look));
        if (to == DomainState.VERIFIED && domain.verifiedAt() == null) {
            events.publishEvent(new DomainVerified(domain.id(), domain.accountId(), domain.name(), now));
        }
        events.publishEvent(
                new DomainStateChanged(domain.id(), domain.accountId(), domain.name(), domain.state(), to, now));
    }

    /** Such as {@code DKIM hy1 dkim.missing, MX mx.elsewhere}. */
    private static String wrongRecords(DomainLook look) {
        Map<String, String> wrong = new TreeMap<>();
        look.judgements().forEach((slot, judgement) -> {
            if (!judgement.passed()) {
                wrong.put((slot.kind() + " " + slot.selector()).strip(), judgement.reason());
            }
        });
        return wrong.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
