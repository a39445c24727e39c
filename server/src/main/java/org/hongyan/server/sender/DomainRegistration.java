package org.hongyan.server.sender;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.PublicSuffixes;
import org.hongyan.mail.dns.DnsResolver.Mx;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.springframework.stereotype.Component;

/** Decides whether an account gets a domain, and enters it with its first key. */
@Component
class DomainRegistration {

    /** Longest name that leaves room for {@code <selector>._domainkey.} before it within 253 octets. */
    private static final int LONGEST_NAME = 230;

    private final DomainVerification.Registry registry;
    private final DkimKeys dkimKeys;
    private final RecordLooker looker;
    private final SenderProperties settings;
    private final Clock clock;

    DomainRegistration(
            DomainVerification.Registry registry,
            DkimKeys dkimKeys,
            RecordLooker looker,
            SenderProperties settings,
            Clock clock) {
        this.registry = registry;
        this.dkimKeys = dkimKeys;
        this.looker = looker;
        this.settings = settings;
        this.clock = clock;
    }

    Outcome<StoredDomain> register(AccountId account, String given) {
        DomainName name;
        try {
            name = hostName(given);
        } catch (IllegalArgumentException malformed) {
            return Outcome.refused(new Refusal.DomainMalformed(given, String.valueOf(malformed.getMessage())));
        }
        if (PublicSuffixes.isPublicSuffix(name)) {
            return Outcome.refused(new Refusal.DomainIsPublicSuffix(name.ascii()));
        }
        Optional<Refusal> refusal = taken(account, name).or(() -> tooMany(account));
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        Optional<DomainName> enterprise = enterpriseExchange(name);
        if (enterprise.isPresent()) {
            return Outcome.refused(new Refusal.DomainAtEnterpriseMailbox(
                    name.ascii(), enterprise.get().ascii()));
        }
        // Made before the transaction, which then is short: a key takes a tenth of a second of computing.
        DkimKeys.NewKey key = dkimKeys.generate();
        Outcome<StoredDomain> outcome = registry.transactions().execute(transaction -> insert(account, name, key));
        return Objects.requireNonNull(outcome);
    }

    /** When a record that somebody is about to publish is looked for by itself for the first time. */
    Instant firstLookAfter(Instant now) {
        return now.plus(settings.firstRecheck());
    }

    private Outcome<StoredDomain> insert(AccountId account, DomainName name, DkimKeys.NewKey key) {
        // What was looked at above may have changed: two calls at once, on two nodes perhaps.
        registry.domains().lockCount(account);
        Optional<Refusal> refusal = taken(account, name).or(() -> tooMany(account));
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Long> id = registry.domains().insert(account, name, now, firstLookAfter(now));
        if (id.isEmpty()) {
            return Outcome.refused(new Refusal.DomainTaken(name.ascii()));
        }
        dkimKeys.add(id.get(), key, now);
        return Outcome.done(registry.domains().find(account, name).orElseThrow());
    }

    private Optional<Refusal> taken(AccountId account, DomainName name) {
        return registry.domains()
                .findAny(name)
                .map(stored -> stored.domain().accountId().equals(account)
                        ? new Refusal.DomainExists(name.ascii())
                        : new Refusal.DomainTaken(name.ascii()));
    }

    private Optional<Refusal> tooMany(AccountId account) {
        return registry.domains().count(account) >= settings.maxDomains()
                ? Optional.of(new Refusal.TooManyDomains(settings.maxDomains()))
                : Optional.empty();
    }

    /** A DNS that does not answer stops nobody: the records are looked at again before the domain can be used. */
    private Optional<DomainName> enterpriseExchange(DomainName name) {
        for (Mx mx : looker.exchangers(name)) {
            DomainName exchange = mx.exchange();
            if (exchange != null
                    && settings.enterpriseExchanges().stream()
                            .anyMatch(each -> exchange.isWithin(DomainName.parse(each)))) {
                return Optional.of(exchange);
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    private static DomainName hostName(String given) {
        DomainName name = DomainName.parse(given.strip());
        if (name.ascii().indexOf('.') < 0) {
            throw new IllegalArgumentException("the name has a single label");
        }
        if (name.ascii().indexOf('_') >= 0) {
            throw new IllegalArgumentException("the character '_' is not allowed in a host name");
        }
        if (name.ascii().length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the name is longer than " + LONGEST_NAME + " octets");
        }
        // No top-level domain is all digits (RFC 3696 §2), so this is an address or a slip.
        if (name.ascii().substring(name.ascii().lastIndexOf('.') + 1).matches("\\d+")) {
            throw new IllegalArgumentException("the name ends in a number");
        }
        return name;
    }
}
