package org.hongyan.server.submission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.event.AcceptedMail;
import org.hongyan.server.event.EventLog;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.queue.DeliveryQueue;
import org.hongyan.server.queue.Handover;
import org.hongyan.server.queue.NewMail;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.reputation.SendingQuota;
import org.hongyan.server.suppression.Addressee;
import org.hongyan.server.suppression.SuppressionList;
import org.jspecify.annotations.Nullable;

/**
 * One group of submissions on its way through one transaction: what stands against each, in the order in which they
 * came, and then everything that is accepted stored at once. Used by one thread; made anew for each try.
 */
final class CommitGroup {

    static final Duration KEYS_LIVE = Duration.ofHours(24);

    private final CommitRooms rooms;
    private final Instant now;
    private final int mailboxHourly;
    private final Map<Pending, MessageId> ids;

    /** What each caller is told once the transaction is committed. */
    private final Map<Pending, Acceptance> answers = new LinkedHashMap<>();

    /** Those that came with the key of an earlier one of the group, with that one. */
    private final Map<Pending, Pending> followers = new LinkedHashMap<>();

    private @Nullable String transaction;
    private @Nullable Handover handover;
    private boolean complete;

    CommitGroup(CommitRooms rooms, Instant now, int mailboxHourly, Map<Pending, MessageId> ids) {
        this.rooms = rooms;
        this.now = now;
        this.mailboxHourly = mailboxHourly;
        this.ids = ids;
    }

    /** Does all the work inside of the transaction that is open. */
    void run() {
        transaction = rooms.repository().currentTransaction();
        List<SubmissionRepository.Key> claimed = claimKeys();
        refuseObstacles();
        refuseTooFrequent();
        takePlaces();
        answerFollowers();
        List<SubmissionRepository.Key> unused = new ArrayList<>(claimed);
        unused.removeAll(acceptedKeys());
        if (!unused.isEmpty()) {
            rooms.repository().release(unused);
        }
        store();
        complete = true;
    }

    /** Whether nothing was left to do but the commit, so that a failure leaves its outcome open. */
    boolean complete() {
        return complete;
    }

    /** Null when the transaction has never begun. */
    @Nullable
    String transaction() {
        return transaction;
    }

    /** Null when nothing was prepared. */
    @Nullable
    Handover handover() {
        return handover;
    }

    Map<Pending, Acceptance> answers() {
        return answers;
    }

    private List<Pending> open() {
        return ids.keySet().stream()
                .filter(p -> !answers.containsKey(p) && !followers.containsKey(p))
                .toList();
    }

    private void refuse(Pending pending, Refusal refusal) {
        answers.put(pending, new Acceptance.Refused(refusal));
    }

    /** Answers what was submitted before under the same key; gives the keys that are ours now. */
    private List<SubmissionRepository.Key> claimKeys() {
        Map<SubmissionRepository.Key, Pending> first = new LinkedHashMap<>();
        List<Pending> repeated = new ArrayList<>();
        for (Pending pending : ids.keySet()) {
            key(pending).ifPresent(key -> {
                if (first.putIfAbsent(key, pending) != null) {
                    repeated.add(pending);
                }
            });
        }
        if (first.isEmpty()) {
            return List.of();
        }
        List<SubmissionRepository.Claim> claims = new ArrayList<>();
        first.forEach((key, pending) -> claims.add(new SubmissionRepository.Claim(key, hash(pending), id(pending))));
        var claimed = rooms.repository().claim(claims, now, now.minus(KEYS_LIVE));
        List<SubmissionRepository.Key> taken =
                first.keySet().stream().filter(key -> !claimed.contains(key)).toList();
        if (!taken.isEmpty()) {
            Map<SubmissionRepository.Key, SubmissionRepository.Claim> standing =
                    rooms.repository().claims(taken);
            for (SubmissionRepository.Key key : taken) {
                answerByKey(presentIn(first, key), standing.get(key));
            }
        }
        for (Pending pending : repeated) {
            key(pending).ifPresent(key -> followers.put(pending, presentIn(first, key)));
        }
        return List.copyOf(claimed);
    }

    /** The second of two in one group gets the answer of the first, or is told that it is another mail. */
    private void answerFollowers() {
        followers.forEach((pending, first) -> {
            if (Arrays.equals(hash(pending), hash(first))) {
                answers.put(pending, presentIn(answers, first));
            } else {
                refuse(
                        pending,
                        new Refusal.IdempotencyConflict(key(first).orElseThrow().key()));
            }
        });
    }

    private void answerByKey(Pending pending, SubmissionRepository.@Nullable Claim standing) {
        if (standing == null) {
            refuse(pending, new Refusal.TemporarilyUnavailable("the same idempotency key is being stored"));
        } else if (Arrays.equals(standing.contentHash(), hash(pending))) {
            answers.put(pending, new Acceptance.Accepted(standing.messageId()));
        } else {
            refuse(pending, new Refusal.IdempotencyConflict(standing.key().key()));
        }
    }

    private List<SubmissionRepository.Key> acceptedKeys() {
        List<SubmissionRepository.Key> keys = new ArrayList<>();
        answers.forEach((pending, answer) -> {
            if (answer instanceof Acceptance.Accepted) {
                key(pending).ifPresent(keys::add);
            }
        });
        return keys;
    }

    private void refuseObstacles() {
        List<Addressee> addressees = new ArrayList<>();
        for (Pending pending : open()) {
            addressees.addAll(pending.mail().addressees());
        }
        Map<Addressee, SuppressionList.Obstacle> obstacles =
                rooms.suppressions().obstacles(addressees);
        if (obstacles.isEmpty()) {
            return;
        }
        for (Pending pending : open()) {
            pending.mail().addressees().stream()
                    .filter(obstacles::containsKey)
                    .findFirst()
                    .ifPresent(addressee -> refuse(pending, Obstacles.refusal(addressee, obstacles)));
        }
    }

    private void refuseTooFrequent() {
        if (mailboxHourly == 0) {
            return;
        }
        Map<EventLog.Mailbox, Integer> counts = new LinkedHashMap<>();
        for (Pending pending : open()) {
            for (EmailAddress recipient : pending.mail().mail().recipients()) {
                counts.put(mailbox(pending, recipient), 0);
            }
        }
        if (counts.isEmpty()) {
            return;
        }
        List<EventLog.Mailbox> mailboxes = List.copyOf(counts.keySet());
        List<Integer> had = rooms.events().acceptedSince(now.minus(Duration.ofHours(1)), mailboxes);
        for (int i = 0; i < mailboxes.size(); i++) {
            counts.put(mailboxes.get(i), had.get(i));
        }
        for (Pending pending : open()) {
            List<EmailAddress> recipients = pending.mail().mail().recipients();
            Optional<EmailAddress> full = recipients.stream()
                    .filter(r -> counts.getOrDefault(mailbox(pending, r), 0) >= mailboxHourly)
                    .findFirst();
            if (full.isPresent()) {
                refuse(pending, new Refusal.RecipientTooOften(full.get().toString(), mailboxHourly));
            } else {
                recipients.forEach(r -> counts.merge(mailbox(pending, r), 1, Integer::sum));
            }
        }
    }

    private static EventLog.Mailbox mailbox(Pending pending, EmailAddress recipient) {
        return new EventLog.Mailbox(
                pending.mail().mail().account(), recipient.toString().toLowerCase(Locale.ROOT));
    }

    private void takePlaces() {
        SortedSet<Long> domainIds = new TreeSet<>();
        for (Pending pending : open()) {
            domainIds.add(pending.mail().mail().domainId());
        }
        if (domainIds.isEmpty()) {
            return;
        }
        SendingQuota.Places places = rooms.quota().hold(domainIds);
        for (Pending pending : open()) {
            NewMail mail = pending.mail().mail();
            SendingQuota.@Nullable Stop stop =
                    places.take(mail.domainId(), mail.recipients().size());
            if (stop == null) {
                answers.put(pending, new Acceptance.Accepted(id(pending)));
            } else {
                refuse(pending, refusal(stop, pending.mail().domain().ascii()));
            }
        }
        places.save();
    }

    private static Refusal refusal(SendingQuota.Stop stop, String domain) {
        return switch (stop) {
            case SendingQuota.Stop.LevelZero none -> new Refusal.DomainAtLevelZero(domain);
            case SendingQuota.Stop.Banned(String rule, Instant until) -> new Refusal.DomainBanned(domain, rule, until);
            case SendingQuota.Stop.CapReached(long cap, Instant resetsAt) ->
                new Refusal.DailyCapReached(domain, cap, resetsAt);
        };
    }

    private void store() {
        List<DeliveryQueue.Accepted> mails = new ArrayList<>();
        List<AcceptedMail> entries = new ArrayList<>();
        answers.forEach((pending, answer) -> {
            // An answer repeated for an idempotency key names the first message, which is stored already.
            if (answer instanceof Acceptance.Accepted(MessageId messageId) && messageId.equals(id(pending))) {
                CheckedMail mail = pending.mail();
                mails.add(new DeliveryQueue.Accepted(mail.mail(), messageId, now));
                entries.add(new AcceptedMail(
                        messageId,
                        mail.mail().account(),
                        mail.mail().domainId(),
                        mail.sender(),
                        mail.subject(),
                        now,
                        mail.mail().recipients().stream()
                                .map(EmailAddress::toString)
                                .toList()));
            }
        });
        if (!mails.isEmpty()) {
            Handover prepared = rooms.queue().prepare(mails);
            handover = prepared;
            rooms.queue().store(prepared);
            rooms.events().accept(entries);
        }
    }

    private MessageId id(Pending pending) {
        return presentIn(ids, pending);
    }

    private static byte[] hash(Pending pending) {
        CheckedMail.Idempotency idempotency = pending.mail().idempotency();
        if (idempotency == null) {
            throw new IllegalStateException("a submission without a key has no claim");
        }
        return idempotency.contentHash();
    }

    private static Optional<SubmissionRepository.Key> key(Pending pending) {
        return Optional.ofNullable(pending.mail().idempotency())
                .map(i -> new SubmissionRepository.Key(pending.mail().mail().account(), i.key()));
    }

    private static <K, V> V presentIn(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("not of this group: " + key);
        }
        return value;
    }
}
