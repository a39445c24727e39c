package org.hongyan.server.sender;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.springframework.stereotype.Service;

/** The sender addresses of all accounts. Thread-safe. */
@Service
public class SenderAddresses {

    private static final int MOST_CACHED = 50_000;
    private static final Duration CACHED = Duration.ofSeconds(2);

    /** As long as the reference's field. */
    private static final int LONGEST = 128;

    private final AddressRepository addresses;
    private final DomainVerification.Registry registry;
    private final SmtpPasswords passwords;
    private final SenderProperties settings;
    private final Clock clock;

    private record Key(AccountId account, String address) {}

    private final Cache<Key, Optional<SenderAddress>> recent = CacheBuilder.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(CACHED)
            .build();

    SenderAddresses(
            AddressRepository addresses,
            DomainVerification.Registry registry,
            SmtpPasswords passwords,
            SenderProperties settings,
            Clock clock) {
        this.addresses = addresses;
        this.registry = registry;
        this.passwords = passwords;
        this.settings = settings;
        this.clock = clock;
    }

    /** Adds an address under a verified domain of the account. */
    public Outcome<SenderAddress> create(AccountId account, String address, String alias) {
        EmailAddress parsed;
        try {
            parsed = senderAddress(address);
        } catch (IllegalArgumentException malformed) {
            return Outcome.refused(
                    new Refusal.AddressMalformed("address", address, String.valueOf(malformed.getMessage())));
        }
        String name = alias.strip();
        Optional<Refusal> illegal = DisplayNames.problemOf(name);
        if (illegal.isPresent()) {
            return Outcome.refused(illegal.get());
        }
        Outcome<SenderAddress> outcome = registry.transactions().execute(transaction -> insert(account, parsed, name));
        recent.invalidate(keyOf(account, parsed));
        return Objects.requireNonNull(outcome);
    }

    private Outcome<SenderAddress> insert(AccountId account, EmailAddress address, String alias) {
        // The lock makes those who add addresses to the same domain wait, so the count below stays true.
        Optional<StoredDomain> domain = registry.domains()
                .find(account, address.domain())
                .flatMap(found -> registry.domains().lock(found.domain().id()));
        if (domain.isEmpty()) {
            return Outcome.refused(new Refusal.DomainUnknown(address.domain().ascii()));
        }
        if (!domain.get().domain().state().maySend()) {
            return Outcome.refused(
                    new Refusal.DomainNotVerified(address.domain().ascii()));
        }
        if (addresses.find(account, address).isPresent()) {
            return Outcome.refused(new Refusal.SenderExists(address.toString()));
        }
        long domainId = domain.get().domain().id();
        if (addresses.count(domainId) >= settings.maxAddressesPerDomain()) {
            return Outcome.refused(new Refusal.TooManySenders(settings.maxAddressesPerDomain()));
        }
        return addresses.insert(
                        account, domainId, address, alias, clock.instant().truncatedTo(ChronoUnit.MICROS))
                ? Outcome.done(addresses.find(account, address).orElseThrow().address())
                : Outcome.refused(new Refusal.SenderExists(address.toString()));
    }

    /** All addresses of the account. */
    public List<SenderAddress> list(AccountId account) {
        return addresses.list(account).stream()
                .map(AddressRepository.StoredAddress::address)
                .toList();
    }

    /** Removes an address. */
    public Outcome<SenderAddress> delete(AccountId account, String address) {
        Optional<SenderAddress> found = own(account, address).map(AddressRepository.StoredAddress::address);
        if (found.isEmpty()) {
            return unknown(address);
        }
        boolean deleted = addresses.delete(account, found.get().id());
        recent.invalidate(keyOf(account, found.get().address()));
        return deleted ? Outcome.done(found.get()) : unknown(address);
    }

    /** Changes the display name. */
    public Outcome<SenderAddress> rename(AccountId account, String address, String alias) {
        String name = alias.strip();
        Optional<Refusal> illegal = DisplayNames.problemOf(name);
        if (illegal.isPresent()) {
            return Outcome.refused(illegal.get());
        }
        return own(account, address)
                .map(stored -> {
                    addresses.rename(account, stored.address().id(), name);
                    return reread(account, stored.address());
                })
                .orElseGet(() -> unknown(address));
    }

    /**
     * Sets the SMTP password, which is stored only as a slow hash. It must differ from the one in force and from the
     * one before.
     */
    public Outcome<SenderAddress> setSmtpPassword(AccountId account, String address, String password) {
        Optional<AddressRepository.StoredAddress> found = own(account, address);
        if (found.isEmpty()) {
            return unknown(address);
        }
        Optional<Refusal> weak = SmtpPasswords.problemOf(password);
        if (weak.isPresent()) {
            return Outcome.refused(weak.get());
        }
        AddressRepository.StoredAddress stored = found.get();
        if (passwords.matches(password, stored.passwordHash())
                || stored.previousPasswordHash() != null
                        && passwords.matches(password, stored.previousPasswordHash())) {
            return Outcome.refused(new Refusal.PasswordReused());
        }
        addresses.setPassword(account, stored.address().id(), passwords.hash(password));
        return reread(account, stored.address());
    }

    /** The account's address, from a short-lived cache. */
    public Optional<SenderAddress> find(AccountId account, EmailAddress address) {
        Key key = keyOf(account, address);
        Optional<SenderAddress> known = recent.getIfPresent(key);
        if (known == null) {
            known = addresses.find(account, address).map(AddressRepository.StoredAddress::address);
            recent.put(key, known);
        }
        return known;
    }

    /** The sender that this user name and SMTP password belong to; takes as long for an unknown name. */
    public Optional<SenderAddress> authenticate(String address, String password) {
        Optional<AddressRepository.StoredAddress> found =
                EmailAddress.tryParse(address.strip()).flatMap(addresses::findAny);
        String hash = found.map(AddressRepository.StoredAddress::passwordHash).orElse(null);
        boolean right = passwords.matches(password, hash);
        return right ? found.map(AddressRepository.StoredAddress::address) : Optional.empty();
    }

    private Outcome<SenderAddress> reread(AccountId account, SenderAddress address) {
        recent.invalidate(keyOf(account, address.address()));
        return addresses
                .find(account, address.address())
                .map(stored -> Outcome.done(stored.address()))
                .orElseGet(() -> unknown(address.address().toString()));
    }

    private Optional<AddressRepository.StoredAddress> own(AccountId account, String address) {
        return EmailAddress.tryParse(address.strip()).flatMap(parsed -> addresses.find(account, parsed));
    }

    private static Key keyOf(AccountId account, EmailAddress address) {
        return new Key(account, address.comparisonKey());
    }

    private static <T> Outcome<T> unknown(String address) {
        return Outcome.refused(new Refusal.SenderUnknown(address));
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    private static EmailAddress senderAddress(String text) {
        EmailAddress address = EmailAddress.parse(text.strip());
        // Not every receiver takes such mail (RFC 6531), and a sender must be able to get answers from all.
        if (address.needsSmtpUtf8()) {
            throw new IllegalArgumentException("the part before the @ is not ASCII");
        }
        if (address.localPart().startsWith("\"")) {
            throw new IllegalArgumentException("the part before the @ is quoted");
        }
        if (address.toString().length() > LONGEST) {
            throw new IllegalArgumentException("the address is longer than " + LONGEST + " characters");
        }
        return address;
    }
}
