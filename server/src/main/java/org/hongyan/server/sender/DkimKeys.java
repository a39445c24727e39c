package org.hongyan.server.sender;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dkim.DkimKey;
import org.hongyan.mail.dkim.DkimSigner;
import org.hongyan.mail.message.Message;
import org.hongyan.server.secrets.Secrets;
import org.springframework.stereotype.Service;

/** The signing keys, encrypted at rest and kept ready in memory within a bound. Thread-safe. */
@Service
public class DkimKeys {

    /** How long another node may go on signing with a selector that has been replaced. */
    private static final Duration CHOICE_KEPT = Duration.ofSeconds(2);

    private static final int MOST_SIGNERS = 10_000;

    private final DkimKeyRepository keys;
    private final DomainRepository domains;
    private final Secrets secrets;
    private final Clock clock;

    /** Which signer a domain has now. Forgotten soon, so that a rotation reaches every node. */
    private final Cache<DomainName, Optional<DkimSigner>> choices = CacheBuilder.newBuilder()
            .maximumSize(MOST_SIGNERS)
            .expireAfterWrite(CHOICE_KEPT)
            .build();

    /** By the id of a key, which never changes: decrypting and parsing a key costs more than signing with it. */
    private final Cache<Long, DkimSigner> signers =
            CacheBuilder.newBuilder().maximumSize(MOST_SIGNERS).build();

    DkimKeys(DkimKeyRepository keys, DomainRepository domains, Secrets secrets, Clock clock) {
        this.keys = keys;
        this.domains = domains;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Signs with the live selector of the domain, as the last step before the wire; empty when it has no key. */
    public Optional<Message> sign(DomainName domain, Message message) {
        Optional<DkimSigner> signer = choices.getIfPresent(domain);
        if (signer == null) {
            signer = keys.signing(domain).map(key -> signerOf(domain, key));
            choices.put(domain, signer);
        }
        return signer.map(ready -> ready.sign(message, clock.instant()));
    }

    /** A key that is not stored yet. */
    record NewKey(byte[] encrypted, String publicRecord) {}

    NewKey generate() {
        DkimKey key = DkimKey.generateRsa2048();
        byte[] clear = key.pkcs8();
        try {
            return new NewKey(secrets.encrypt(purposeOf(key.dnsRecord()), clear), key.dnsRecord());
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** Enters a key under the domain's next selector: hy1, hy2 and so on. */
    void add(long domainId, NewKey key, Instant now) {
        String selector = "hy" + domains.takeSelectorNumber(domainId);
        keys.insert(domainId, selector, key.encrypted(), key.publicRecord(), now);
    }

    /**
     * Adds a second selector, in the caller's transaction with the domain locked. Does nothing while the newest one is
     * still waited for: more than two at once would only make the caches of the world guess.
     */
    boolean rotate(SendingDomain domain, NewKey key) {
        List<StoredKey> live = keys.ofDomain(domain.id());
        if (live.size() >= 2 && live.getLast().passedAt() == null) {
            return false;
        }
        live.stream().limit(Math.max(0, live.size() - 1)).forEach(old -> keys.delete(old.id()));
        add(domain.id(), key, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return true;
    }

    /** Forgets which selector signs, on this node at once; the others follow by themselves. */
    void forget(DomainName domain) {
        choices.invalidate(domain);
    }

    /** Ties a private key to its public half: a row whose halves were mixed up does not decrypt. */
    private static String purposeOf(String publicRecord) {
        return "sender.dkim-key " + publicRecord;
    }

    private DkimSigner signerOf(DomainName domain, DkimKeyRepository.SigningKey key) {
        DkimSigner ready = signers.getIfPresent(key.id());
        if (ready == null) {
            byte[] clear = secrets.decrypt(purposeOf(key.publicRecord()), key.encryptedKey());
            try {
                ready = new DkimSigner(domain, key.selector(), DkimKey.ofPkcs8(clear));
            } finally {
                Arrays.fill(clear, (byte) 0);
            }
            signers.put(key.id(), ready);
        }
        return ready;
    }
}
