package org.hongyan.mail.relay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MTA-STS policies of recipient domains (RFC 8461), kept in memory as long as they allow. A policy that was once
 * seen binds until it expires, though its record or file has vanished meanwhile: vanishing is what an attacker would
 * bring about.
 */
final class MtaSts {

    private static final Logger LOG = LoggerFactory.getLogger(MtaSts.class);
    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final int MOST = 20_000;

    /**
     * What is known of one domain.
     *
     * @param policy null when the file could not be had
     * @param expiry when the policy ends
     * @param nextFetch a failed fetch is not tried again before
     */
    private record Known(String id, @Nullable StsPolicy policy, Instant expiry, Instant nextFetch) {}

    private final DnsResolver dns;
    private final StsPolicyFile file;
    private final InstantSource clock;
    private final Map<DomainName, Known> known = new ConcurrentHashMap<>();
    private final ReentrantLock[] fetching = new ReentrantLock[64];

    MtaSts(DnsResolver dns, StsPolicyFile file, InstantSource clock) {
        this.dns = dns;
        this.file = file;
        this.clock = clock;
        for (int i = 0; i < fetching.length; i++) {
            fetching[i] = new ReentrantLock();
        }
    }

    /** The policy that binds mail to {@code domain} now; empty when there is none, or none that binds. */
    Optional<StsPolicy> enforced(DomainName domain) {
        return policy(domain).filter(policy -> policy.mode() == StsPolicy.Mode.ENFORCE);
    }

    private Optional<StsPolicy> policy(DomainName domain) {
        Optional<String> id = StsPolicy.idOf(dns.txt(domain.child("_mta-sts")).recordsOrEmpty());
        Known present = known.get(domain);
        if (id.isPresent() && isStale(present, id.get())) {
            present = refresh(domain, id.get());
        }
        Instant now = clock.instant();
        if (present == null || present.policy() == null || !now.isBefore(present.expiry())) {
            return Optional.empty();
        }
        return Optional.of(present.policy());
    }

    private boolean isStale(@Nullable Known present, String id) {
        Instant now = clock.instant();
        if (present == null) {
            return true;
        }
        boolean usable = present.policy() != null && now.isBefore(present.expiry());
        return (!usable || !present.id().equals(id)) && !now.isBefore(present.nextFetch());
    }

    private @Nullable Known refresh(DomainName domain, String id) {
        ReentrantLock lock = fetching[Math.floorMod(domain.hashCode(), fetching.length)];
        lock.lock();
        try {
            Known present = known.get(domain);
            if (!isStale(present, id)) {
                return present;
            }
            Known fetched = fetch(domain, id, present);
            makeRoom();
            known.put(domain, fetched);
            return fetched;
        } finally {
            lock.unlock();
        }
    }

    private Known fetch(DomainName domain, String id, @Nullable Known present) {
        Instant now = clock.instant();
        try {
            Optional<StsPolicy> policy = StsPolicy.parse(file.fetch(domain));
            if (policy.isPresent()) {
                return new Known(id, policy.get(), now.plus(policy.get().maxAge()), now);
            }
            LOG.info("The MTA-STS policy file of {} is malformed", domain);
        } catch (IOException unavailable) {
            LOG.info("The MTA-STS policy file of {} cannot be fetched: {}", domain, unavailable.getMessage());
        }
        // RFC 8461 §5.1: the policy at hand goes on to bind; without one mail goes as if there were none.
        return present == null
                ? new Known(id, null, now, now.plus(RETRY))
                : new Known(present.id(), present.policy(), present.expiry(), now.plus(RETRY));
    }

    private void makeRoom() {
        if (known.size() >= MOST) {
            Instant now = clock.instant();
            known.values().removeIf(entry -> !now.isBefore(entry.expiry()) && !now.isBefore(entry.nextFetch()));
        }
        if (known.size() >= MOST) {
            known.keySet().stream().limit(MOST / 10).toList().forEach(known::remove);
        }
    }
}
