package org.hongyan.server.feedback;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.report.BounceClassifier;
import org.hongyan.mail.report.Classification;
import org.hongyan.server.event.EventLog;
import org.hongyan.server.event.LedgerEntry;
import org.hongyan.server.event.MailEvent;
import org.hongyan.server.event.RecipientState;
import org.hongyan.server.reputation.DailyTallies;
import org.hongyan.server.reputation.TallyMark;
import org.hongyan.server.suppression.SuppressionList;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what a report tells, exactly as the direct reply would have been: history, tallies and suppression in one
 * transaction. A report that comes twice changes nothing the second time. Thread-safe.
 */
@Component
final class ReportHandler {

    private final EventLog events;
    private final DailyTallies tallies;
    private final SuppressionList suppressions;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final BounceClassifier classifier = BounceClassifier.standard();

    ReportHandler(
            EventLog events,
            DailyTallies tallies,
            SuppressionList suppressions,
            TransactionTemplate transactions,
            Clock clock) {
        this.events = events;
        this.tallies = tallies;
        this.suppressions = suppressions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What became of a report. */
    enum Result {
        /** Written down, or nothing to write down. */
        TAKEN,
        /** The mail's own result is not written yet: to be sent again. */
        TOO_EARLY
    }

    Result handle(ReturnPathCodec.Origin origin, Report report) {
        List<LedgerEntry> entries = events.entries(origin.messageId());
        if (entries.stream()
                .anyMatch(e -> e.ref().ordinal() == origin.ordinal() && e.state() == RecipientState.ACCEPTED)) {
            return Result.TOO_EARLY;
        }
        transactions.executeWithoutResult(status -> {
            switch (report) {
                case Report.DeliveryStatus(String host, List<Report.Failure> failures) ->
                    failures.forEach(failure -> whose(entries, origin, failure.recipient())
                            .ifPresent(entry -> bounced(entry, failure.diagnostic(), host)));
                case Report.Words(String text) ->
                    whose(entries, origin, Optional.empty()).ifPresent(entry -> bounced(entry, text, ""));
                case Report.Complaint(String type, Optional<String> recipient) -> {
                    if (!type.equals("not-spam")) {
                        whose(entries, origin, recipient).ifPresent(entry -> complained(entry, type));
                    }
                }
                case Report.Nothing nothing -> {}
            }
        });
        return Result.TAKEN;
    }

    /** The recipient that a report names if it is one of the message's, else the one whose return path it came to. */
    private static Optional<LedgerEntry> whose(
            List<LedgerEntry> entries, ReturnPathCodec.Origin origin, Optional<String> named) {
        Optional<String> key = named.flatMap(EmailAddress::tryParse).map(EmailAddress::comparisonKey);
        return entries.stream()
                .filter(entry -> key.isPresent()
                        && EmailAddress.parse(entry.ref().recipient())
                                .comparisonKey()
                                .equals(key.get()))
                .findFirst()
                .or(() -> entries.stream()
                        .filter(entry -> entry.ref().ordinal() == origin.ordinal())
                        .findFirst());
    }

    private void bounced(LedgerEntry entry, String diagnostic, String host) {
        Instant now = clock.instant();
        Classification why = classifier.classify(host, diagnostic);
        MailEvent.Bounced event = new MailEvent.Bounced(
                entry.ref(), now, null, why.category(), why.blame().wireName(), true, diagnostic);
        if (!events.note(event)) {
            return;
        }
        Instant first = entry.firstAttemptAt().orElse(now);
        TallyMark.What counted = why.countsAsInvalid()
                ? TallyMark.What.INVALID
                : why.countsAsSpamRejected() ? TallyMark.What.SPAM_REJECTED : TallyMark.What.OTHER_BOUNCED;
        if (why.countsAsInvalid()) {
            suppressions.bounced(
                    entry.ref().account(), EmailAddress.parse(entry.ref().recipient()), diagnostic);
        }
        tallies.count(List.of(
                new TallyMark(entry.domainId(), first, TallyMark.What.DELIVERED_NO_MORE),
                new TallyMark(entry.domainId(), first, counted)));
    }

    private void complained(LedgerEntry entry, String type) {
        Instant now = clock.instant();
        if (!events.note(new MailEvent.Complained(entry.ref(), now, type))) {
            return;
        }
        suppressions.complained(
                entry.ref().account(), EmailAddress.parse(entry.ref().recipient()), "feedback report: " + type);
        tallies.count(
                List.of(new TallyMark(entry.domainId(), entry.firstAttemptAt().orElse(now), TallyMark.What.COMPLAINT)));
    }
}
