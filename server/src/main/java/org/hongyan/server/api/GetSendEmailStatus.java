package org.hongyan.server.api;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.hongyan.server.event.MessageHistory;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.event.RecipientStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells how each recipient of one day stands (reference, section 1.3). Days are days of the operator's zone. */
@Component
final class GetSendEmailStatus implements Action<GetSendEmailStatus.Request> {

    record Request(
            @Required String requestDate,
            @Required Long offset,
            @Required Long limit,
            @Nullable String messageId,
            @Nullable String toEmailAddress) {}

    record Status(
            String messageId,
            String toEmailAddress,
            String fromEmailAddress,
            long sendStatus,
            long deliverStatus,
            String deliverMessage,
            long requestTime,
            long deliverTime,
            boolean userOpened,
            boolean userClicked,
            boolean userUnsubscribed,
            boolean userComplainted,
            boolean userComplained) {}

    record Response(List<Status> emailStatusList) {}

    private static final int DAYS_KEPT = 30;
    private static final long TIMED_OUT = 1004;

    private final MessageHistory history;
    private final Clock clock;

    GetSendEmailStatus(MessageHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        LocalDate day;
        try {
            day = LocalDate.parse(request.requestDate);
        } catch (DateTimeException notADate) {
            return ActionResult.failed(TencentError.of("InvalidParameterValue.WrongDate", "wrong-date"));
        }
        ZoneId zone = clock.getZone();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        if (day.isAfter(today) || day.isBefore(today.minusDays(DAYS_KEPT))) {
            return ActionResult.failed(TencentError.of(
                    "FailedOperation.NotSupportDate", "date-not-kept", "days", Integer.toString(DAYS_KEPT)));
        }
        return switch (Paging.of(request.offset, request.limit)) {
            case Paging.Illegal(TencentError error) -> ActionResult.failed(error);
            case Paging.Page(int offset, int limit) -> {
                MessageHistory.Question question = new MessageHistory.Question(
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(1).atStartOfDay(zone).toInstant(),
                        blank(request.messageId) ? null : new MessageId("" + request.messageId),
                        blank(request.toEmailAddress) ? null : request.toEmailAddress);
                yield ActionResult.ok(new Response(history.find(caller.account(), question, offset, limit).stream()
                        .map(GetSendEmailStatus::status)
                        .toList()));
            }
        };
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static Status status(RecipientStatus recipient) {
        Instant settled = recipient.settledAt();
        return new Status(
                recipient.messageId().text(),
                recipient.recipient(),
                recipient.sender(),
                sendStatus(recipient),
                deliverStatus(recipient),
                recipient.lastReply(),
                recipient.acceptedAt().getEpochSecond(),
                settled == null ? 0 : settled.getEpochSecond(),
                recipient.opened(),
                recipient.clicked(),
                recipient.unsubscribed(),
                recipient.complained(),
                recipient.complained());
    }

    private static long sendStatus(RecipientStatus recipient) {
        return switch (recipient.state()) {
            case ACCEPTED, DEFERRED, DELIVERED, BOUNCED, DROPPED -> 0;
            case EXPIRED -> TIMED_OUT;
        };
    }

    private static long deliverStatus(RecipientStatus recipient) {
        return switch (recipient.state()) {
            case ACCEPTED -> 0;
            case DELIVERED -> 1;
            case EXPIRED, DROPPED -> 2;
            case BOUNCED -> 3;
            case DEFERRED -> 8;
        };
    }
}
