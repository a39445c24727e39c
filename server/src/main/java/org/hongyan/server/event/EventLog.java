package org.hongyan.server.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hongyan.server.account.AccountId;
import org.springframework.stereotype.Service;

/**
 * Appends to the ledger. Every method joins the caller's transaction, so that an event is there exactly when what it
 * tells of is. Thread-safe.
 */
@Service
public class EventLog {

    private final EventRepository repository;

    EventLog(EventRepository repository) {
        this.repository = repository;
    }

    /** Opens the record of fresh mails, one Accepted event for each recipient. */
    public void accept(Collection<AcceptedMail> mails) {
        if (!mails.isEmpty()) {
            repository.insertAccepted(mails);
        }
    }

    /**
     * Appends what attempts gave (Delivered, Deferred, Bounced, Expired, Dropped) and moves the status of the
     * recipients.
     */
    public void append(List<MailEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        repository.insertEvents(events);
        Map<Instant, List<MailEvent>> byDay = events.stream()
                .collect(Collectors.groupingBy(
                        event -> event.of().messageId().acceptedSecond().truncatedTo(ChronoUnit.DAYS),
                        TreeMap::new,
                        Collectors.toList()));
        byDay.forEach(repository::updateStatus);
    }

    /**
     * Appends what became known after the delivery: a late bounce, a complaint, an opening, a click, an unsubscription.
     * Openings and clicks are appended each time, the others once.
     *
     * @return whether it is the first of its kind for this recipient, which is what counts
     * @throws IllegalArgumentException for any other event
     */
    public boolean note(MailEvent event) {
        boolean first = switch (event) {
            case MailEvent.Bounced bounced -> repository.bounceLate(bounced);
            case MailEvent.Complained complained -> repository.raise(complained.of(), EventRepository.Flag.COMPLAINED);
            case MailEvent.Unsubscribed unsubscribed ->
                repository.raise(unsubscribed.of(), EventRepository.Flag.UNSUBSCRIBED);
            // What a machine did is in the history, but no person has opened anything.
            case MailEvent.Opened opened ->
                !opened.machine() && repository.raise(opened.of(), EventRepository.Flag.OPENED);
            case MailEvent.Clicked clicked ->
                !clicked.machine() && repository.raise(clicked.of(), EventRepository.Flag.CLICKED);
            case MailEvent.Accepted a -> throw notLate(a);
            case MailEvent.Delivered d -> throw notLate(d);
            case MailEvent.Deferred d -> throw notLate(d);
            case MailEvent.Expired e -> throw notLate(e);
            case MailEvent.Dropped d -> throw notLate(d);
        };
        if (first || event instanceof MailEvent.Opened || event instanceof MailEvent.Clicked) {
            repository.insertEvents(List.of(event));
        }
        return first;
    }

    private static IllegalArgumentException notLate(MailEvent event) {
        return new IllegalArgumentException(Columns.kind(event) + " is no late event");
    }

    /**
     * The recipients of a message of any account, by ordinal; empty when the ledger has none. Only for callers that
     * checked a signature of ours: it is not scoped to an account.
     */
    public List<LedgerEntry> entries(MessageId messageId) {
        return repository.entries(messageId);
    }

    /** Which of these messages, all accepted within the last hour, are in the ledger. */
    public Set<MessageId> present(Collection<MessageId> ids, Instant now) {
        return repository.present(List.copyOf(ids), now.minus(Duration.ofHours(1))).stream()
                .map(MessageId::new)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A mailbox that an account writes to. */
    public record Mailbox(AccountId account, String addressKey) {}

    /** How many mails each of these mailboxes was accepted for by its account since then; in the same order. */
    public List<Integer> acceptedSince(Instant since, List<Mailbox> mailboxes) {
        return repository.acceptedSince(
                since,
                mailboxes.stream().mapToLong(m -> m.account().value()).toArray(),
                mailboxes.stream().map(Mailbox::addressKey).toArray(String[]::new));
    }
}
