package org.hongyan.server.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hongyan.mail.relay.DeliveryOutcome;
import org.hongyan.mail.report.Classification;
import org.hongyan.server.event.MailEvent;
import org.hongyan.server.queue.QueuedRecipient;
import org.hongyan.server.queue.RetrySchedule;
import org.hongyan.server.queue.Settlement;
import org.hongyan.server.reputation.TallyMark;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Works out what a result means: for the queue, for the history, for the tallies, for suppression. Pure; thread-safe. */
@Component
final class ResultEntries {

    private final FailureSorter failures;
    private final RetrySchedule retries;

    ResultEntries(FailureSorter failures, RetrySchedule retries) {
        this.failures = failures;
        this.retries = retries;
    }

    ResultEntry of(AttemptResult result) {
        return switch (result) {
            case AttemptResult.Attempted attempted -> of(attempted);
            case AttemptResult.Expired expired -> of(expired);
            case AttemptResult.Dropped dropped -> {
                QueuedRecipient recipient = dropped.recipient();
                yield new ResultEntry(
                        new Settlement.Leave(recipient),
                        new MailEvent.Dropped(recipient.ref(), dropped.at(), dropped.reason()),
                        List.of(),
                        recipient.attempts() == 0,
                        false);
            }
        };
    }

    private static ResultEntry of(AttemptResult.Expired expired) {
        QueuedRecipient recipient = expired.recipient();
        List<TallyMark> marks = recipient
                .firstAttemptAt()
                .map(first -> List.of(mark(recipient, first, TallyMark.What.EXPIRED)))
                .orElse(List.of());
        return new ResultEntry(
                new Settlement.Leave(recipient),
                new MailEvent.Expired(recipient.ref(), expired.at(), recipient.lastReply()),
                marks,
                recipient.attempts() == 0,
                false);
    }

    private ResultEntry of(AttemptResult.Attempted attempted) {
        QueuedRecipient recipient = attempted.recipient();
        Instant first = recipient.firstAttemptAt().orElse(attempted.startedAt());
        int number = recipient.attempts() + 1;
        List<TallyMark> marks = new ArrayList<>(2);
        if (recipient.attempts() == 0) {
            marks.add(mark(recipient, first, TallyMark.What.SENT));
        }
        MailEvent.Attempt attempt = attempt(number, attempted);
        return switch (attempted.outcome()) {
            case DeliveryOutcome.Delivered delivered -> {
                marks.add(mark(recipient, first, TallyMark.What.DELIVERED));
                yield new ResultEntry(
                        new Settlement.Leave(recipient),
                        new MailEvent.Delivered(recipient.ref(), attempted.at(), attempt),
                        marks,
                        false,
                        false);
            }
            case DeliveryOutcome.Deferred deferred -> {
                if (!attempted.at().isBefore(recipient.expiresAt())) {
                    marks.add(mark(recipient, first, TallyMark.What.EXPIRED));
                    yield new ResultEntry(
                            new Settlement.Leave(recipient),
                            new MailEvent.Expired(recipient.ref(), attempted.at(), attempt.reply()),
                            marks,
                            false,
                            false);
                }
                Instant next = retries.next(number, attempted.at(), recipient.expiresAt());
                Classification why = failures.sort(deferred);
                yield new ResultEntry(
                        new Settlement.Wait(recipient, next, first, attempt.reply()),
                        new MailEvent.Deferred(
                                recipient.ref(),
                                attempted.at(),
                                attempt,
                                why.category(),
                                why.blame().wireName(),
                                next),
                        marks,
                        false,
                        false);
            }
            case DeliveryOutcome.Bounced bounced -> {
                Classification why = failures.sort(bounced);
                marks.add(mark(recipient, first, counted(why)));
                yield new ResultEntry(
                        new Settlement.Leave(recipient),
                        new MailEvent.Bounced(
                                recipient.ref(),
                                attempted.at(),
                                attempt,
                                why.category(),
                                why.blame().wireName(),
                                false,
                                attempt.reply()),
                        marks,
                        false,
                        why.countsAsInvalid());
            }
        };
    }

    private static TallyMark.What counted(Classification why) {
        if (why.countsAsInvalid()) {
            return TallyMark.What.INVALID;
        }
        return why.countsAsSpamRejected() ? TallyMark.What.SPAM_REJECTED : TallyMark.What.OTHER_BOUNCED;
    }

    private static TallyMark mark(QueuedRecipient recipient, Instant first, TallyMark.What what) {
        return new TallyMark(recipient.domainId(), first, what);
    }

    private static MailEvent.Attempt attempt(int number, AttemptResult.Attempted attempted) {
        DeliveryOutcome.Attempt attempt = attempted.outcome().attempt();
        return new MailEvent.Attempt(
                number, attempted.startedAt(), attempt.reply(), orEmpty(attempt.host()), orEmpty(attempt.tls()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
