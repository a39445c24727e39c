package org.hongyan.server.suppression;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.event.EventLog;
import org.hongyan.server.event.LedgerEntry;
import org.hongyan.server.event.MailEvent;
import org.hongyan.server.event.RecipientRef;
import org.hongyan.server.reputation.DailyTallies;
import org.hongyan.server.reputation.TallyMark;
import org.hongyan.server.secrets.Secrets;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Unsubscribe links and what comes of them (product rule 3, 退订管理). Reading a link changes nothing, since scanners and
 * prefetching proxies follow links; only {@link #confirm} unsubscribes (RFC 8058 §3.2). Thread-safe.
 */
@Service
public class Unsubscribes {

    private static final String PURPOSE = "suppression.link-key";

    private final SuppressionRepository repository;
    private final EventLog events;
    private final DailyTallies tallies;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final URI linkHost;
    private final UnsubscribeTokens tokens;

    @Autowired
    Unsubscribes(
            SuppressionRepository repository,
            Ledger ledger,
            TransactionTemplate transactions,
            Clock clock,
            Secrets secrets,
            SuppressionProperties properties) {
        this.repository = repository;
        this.events = ledger.events();
        this.tallies = ledger.tallies();
        this.transactions = transactions;
        this.clock = clock;
        this.linkHost = properties.linkHost();
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        byte[] sealed = repository.linkKey(secrets.encrypt(PURPOSE, fresh));
        this.tokens = new UnsubscribeTokens(secrets.decrypt(PURPOSE, sealed));
    }

    /** What a link is about, for the page that asks for confirmation. */
    public record Request(EmailAddress address, DomainName domain) {}

    /** The link for one recipient; stable, so that a retried mail is the same. */
    public URI link(RecipientRef of, DomainName domain, EmailAddress address) {
        return linkHost.resolve("/u/" + tokens.sign(new UnsubscribeTokens.Claim(of, domain, address)));
    }

    /** What a token is about; empty when it is not of our making. Changes nothing. */
    public Optional<Request> read(String token) {
        return tokens.read(token).map(claim -> new Request(claim.address(), claim.domain()));
    }

    /** Unsubscribes; empty when the token is not of our making. Doing it again changes nothing. */
    public Optional<Request> confirm(String token) {
        return tokens.read(token).map(claim -> {
            transactions.executeWithoutResult(status -> unsubscribe(claim));
            return new Request(claim.address(), claim.domain());
        });
    }

    private void unsubscribe(UnsubscribeTokens.Claim claim) {
        Instant now = clock.instant();
        RecipientRef of = claim.of();
        boolean first = repository.unsubscribe(
                of.account(),
                claim.domain().ascii(),
                claim.address(),
                of.messageId().text(),
                now);
        if (first && events.note(new MailEvent.Unsubscribed(of, now, "link"))) {
            Optional<LedgerEntry> entry = events.entries(of.messageId()).stream()
                    .filter(e -> e.ref().ordinal() == of.ordinal())
                    .findAny();
            entry.ifPresent(e -> tallies.count(java.util.List.of(
                    new TallyMark(e.domainId(), e.firstAttemptAt().orElse(now), TallyMark.What.UNSUBSCRIBE))));
        }
    }
}
