package org.hongyan.server.suppression;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Addresses that an account will not mail, and people who unsubscribed from a domain. Thread-safe. */
@Service
public class SuppressionList {

    /** Why an address is suppressed. */
    public enum Reason {
        /** It bounced as invalid. */
        HARD_BOUNCE,
        /** Its owner complained. */
        COMPLAINT,
        /** Added by hand. */
        MANUAL
    }

    /**
     * One suppressed address.
     *
     * @param until null for ever
     * @param source words on where it came from, such as the reply
     */
    public record Entry(
            String address,
            Reason reason,
            Instant since,
            @Nullable Instant until,
            String source) {}

    /** One person who unsubscribed. */
    public record Unsubscribe(String address, String domain, Instant since) {}

    /** Why an address must not be mailed. */
    public sealed interface Obstacle {
        /** It is on the account's list. */
        record Suppressed(Reason reason) implements Obstacle {}

        /** The person wants no mail of the domain. */
        record Unsubscribed() implements Obstacle {}
    }

    private final SuppressionRepository repository;
    private final SuppressionProperties properties;
    private final Clock clock;

    SuppressionList(SuppressionRepository repository, SuppressionProperties properties, Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.clock = clock;
    }

    /** In force now, newest first. */
    public List<Entry> list(AccountId account, @Nullable String addressPart, int offset, int limit) {
        return repository.list(account, part(addressPart), clock.instant(), offset, limit);
    }

    /** Adds by hand; does nothing when it is there. */
    public void add(AccountId account, EmailAddress address, Reason reason, String source, @Nullable Instant until) {
        repository.add(account, address, reason, source, until, clock.instant());
    }

    /** Takes an address off; false when it was not there. */
    public boolean remove(AccountId account, EmailAddress address) {
        return repository.remove(account, address, clock.instant());
    }

    /** People who unsubscribed, newest first. */
    public List<Unsubscribe> unsubscribes(AccountId account, @Nullable String addressPart, int offset, int limit) {
        return repository.unsubscribes(account, part(addressPart), offset, limit);
    }

    /** Suppresses an address that bounced as invalid, for as long as the setting says; joins the caller's transaction. */
    public void bounced(AccountId account, EmailAddress address, String reply) {
        add(account, address, Reason.HARD_BOUNCE, reply, clock.instant().plus(properties.hardBounce()));
    }

    /** Suppresses an address whose owner complained, for ever; joins the caller's transaction. */
    public void complained(AccountId account, EmailAddress address, String source) {
        add(account, address, Reason.COMPLAINT, source, null);
    }

    /**
     * What stands against mailing these people; those whom nothing stands against are left out. Joins the caller's
     * transaction.
     */
    public Map<Addressee, Obstacle> obstacles(List<Addressee> addressees) {
        if (addressees.isEmpty()) {
            return Map.of();
        }
        Map<Addressee, Obstacle> obstacles = new HashMap<>();
        List<SuppressionRepository.Hit> hits = repository.hits(
                addressees.stream().mapToLong(a -> a.account().value()).toArray(),
                addressees.stream().map(a -> a.domain().ascii()).toArray(String[]::new),
                addressees.stream().map(a -> a.address().comparisonKey()).toArray(String[]::new),
                clock.instant());
        for (SuppressionRepository.Hit hit : hits) {
            obstacles.putIfAbsent(
                    addressees.get(hit.index()),
                    hit.reason()
                            .<Obstacle>map(reason -> new Obstacle.Suppressed(Reason.valueOf(reason)))
                            .orElseGet(Obstacle.Unsubscribed::new));
        }
        return obstacles;
    }

    private static String part(@Nullable String addressPart) {
        return addressPart == null ? "" : addressPart.strip().toLowerCase(Locale.ROOT);
    }
}
