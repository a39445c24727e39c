package org.hongyan.server.sender;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.springframework.stereotype.Service;

/** The sending domains of all accounts. Thread-safe. */
@Service
public class SendingDomains {

    private static final int MOST_CACHED = 20_000;
    private static final Duration CACHED = Duration.ofSeconds(2);

    private final DomainVerification.Registry registry;
    private final DomainRegistration registration;
    private final DomainVerification verification;
    private final DomainReports reports;
    private final DkimKeys dkimKeys;
    private final Clock clock;

    private final Cache<DomainName, Optional<SendingDomain>> recent = CacheBuilder.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(CACHED)
            .build();

    SendingDomains(
            DomainVerification.Registry registry,
            DomainRegistration registration,
            DomainVerification verification,
            DomainReports reports,
            DkimKeys dkimKeys,
            Clock clock) {
        this.registry = registry;
        this.registration = registration;
        this.verification = verification;
        this.reports = reports;
        this.dkimKeys = dkimKeys;
        this.clock = clock;
    }

    /** Adds a domain with a fresh key; DNS is asked only for the enterprise-mailbox check. */
    public Outcome<DomainReport> create(AccountId account, String name) {
        return switch (registration.register(account, name)) {
            case Outcome.Refused<StoredDomain>(Refusal refusal) -> Outcome.refused(refusal);
            case Outcome.Done<StoredDomain>(StoredDomain stored) -> {
                forget(stored.domain().name());
                yield Outcome.done(reports.report(stored));
            }
        };
    }

    /** Looks the DNS up now, stores what was seen and moves the state (提交验证). Takes seconds when the DNS is slow. */
    public Outcome<DomainReport> verify(AccountId account, String name) {
        Optional<StoredDomain> stored = own(account, name);
        if (stored.isEmpty()) {
            return unknown(name);
        }
        Optional<StoredDomain> looked = verification.look(stored.get().domain(), true);
        forget(stored.get().domain().name());
        return looked.map(found -> Outcome.done(reports.report(found))).orElseGet(() -> unknown(name));
    }

    /** The domain as last seen; {@code DomainUnknown} when the account has none of that name. */
    public Outcome<DomainReport> report(AccountId account, String name) {
        return own(account, name)
                .map(stored -> Outcome.done(reports.report(stored)))
                .orElseGet(() -> unknown(name));
    }

    /** All domains of the account by name. */
    public List<SendingDomain> list(AccountId account) {
        return registry.domains().list(account).stream()
                .map(StoredDomain::domain)
                .toList();
    }

    /** Domains of all accounts by name, for the operator alone. */
    public List<SendingDomain> listAll(int offset, int limit) {
        return registry.domains().listAll(offset, limit).stream()
                .map(StoredDomain::domain)
                .toList();
    }

    /** Removes a domain that no sender address uses, its keys included. */
    public Outcome<SendingDomain> delete(AccountId account, String name) {
        Optional<StoredDomain> stored = own(account, name);
        if (stored.isEmpty()) {
            return unknown(name);
        }
        SendingDomain domain = stored.get().domain();
        boolean deleted = registry.domains().delete(account, domain.id());
        forget(domain.name());
        if (deleted) {
            return Outcome.done(domain);
        }
        int senders = registry.domains().countAddresses(domain.id());
        return senders == 0
                ? unknown(name)
                : Outcome.refused(new Refusal.DomainInUse(domain.name().ascii(), senders));
    }

    /**
     * Publishes a second selector beside the live one; it takes over once its record is seen. While a second one is
     * still waited for, nothing changes.
     */
    public Outcome<DomainReport> rotateKey(AccountId account, String name) {
        Optional<StoredDomain> stored = own(account, name);
        if (stored.isEmpty()) {
            return unknown(name);
        }
        long id = stored.get().domain().id();
        DkimKeys.NewKey key = dkimKeys.generate();
        Optional<StoredDomain> rotated =
                Objects.requireNonNull(registry.transactions().execute(transaction -> {
                    Optional<StoredDomain> locked = registry.domains().lock(id);
                    if (locked.isEmpty() || !dkimKeys.rotate(locked.get().domain(), key)) {
                        return locked;
                    }
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                    registry.domains().expectChange(id, registration.firstLookAfter(now));
                    return registry.domains().lock(id);
                }));
        forget(stored.get().domain().name());
        return rotated.map(found -> Outcome.done(reports.report(found))).orElseGet(() -> unknown(name));
    }

    /** Any account's domain of that name, from a short-lived cache; for acceptance, delivery and the operator. */
    public Optional<SendingDomain> find(DomainName name) {
        Optional<SendingDomain> known = recent.getIfPresent(name);
        if (known == null) {
            known = registry.domains().findAny(name).map(StoredDomain::domain);
            recent.put(name, known);
        }
        return known;
    }

    private void forget(DomainName name) {
        recent.invalidate(name);
        dkimKeys.forget(name);
    }

    private Optional<StoredDomain> own(AccountId account, String name) {
        return DomainName.tryParse(name.strip())
                .flatMap(parsed -> registry.domains().find(account, parsed));
    }

    private static <T> Outcome<T> unknown(String name) {
        return Outcome.refused(new Refusal.DomainUnknown(name));
    }
}
