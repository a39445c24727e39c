package org.hongyan.server.event;

import java.time.Instant;
import org.hongyan.mail.report.BounceCategory;
import org.jspecify.annotations.Nullable;

/**
 * One recipient of one message, as the ledger has it now.
 *
 * @param category why it bounced or was deferred last; null otherwise
 * @param lastReply the receiving side's last answer, raw; empty before the first attempt
 * @param nextAttemptAt null unless deferred or waiting
 */
public record RecipientStatus(
        MessageId messageId,
        String recipient,
        String sender,
        String subject,
        RecipientState state,
        @Nullable BounceCategory category,
        String lastReply,
        Instant acceptedAt,
        @Nullable Instant firstAttemptAt,
        @Nullable Instant settledAt,
        @Nullable Instant nextAttemptAt,
        int attempts,
        boolean opened,
        boolean clicked,
        boolean unsubscribed,
        boolean complained) {}
