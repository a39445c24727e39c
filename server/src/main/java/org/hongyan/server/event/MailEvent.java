package org.hongyan.server.event;

import java.time.Instant;
import org.hongyan.mail.report.BounceCategory;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to one recipient of one message. Never changed once appended.
 *
 * <p>The names of the cases in lower case are what history, exports and callbacks call them.
 */
public sealed interface MailEvent {

    /** Whose. */
    RecipientRef of();

    /** When. */
    Instant at();

    /**
     * How one attempt went, for the cases that follow one.
     *
     * @param number counts from 1
     * @param reply the receiving side's words, raw, or a sentence of ours
     * @param host receiving host; empty when none was reached
     * @param tls protocol and cipher suite; empty for clear text
     */
    record Attempt(int number, Instant startedAt, String reply, String host, String tls) {}

    /** Durably stored. Appended by {@link EventLog#accept} alone. */
    record Accepted(RecipientRef of, Instant at) implements MailEvent {}

    /** The receiving host took it. */
    record Delivered(RecipientRef of, Instant at, Attempt attempt) implements MailEvent {}

    /** Tried in vain, to be tried again. */
    record Deferred(
            RecipientRef of, Instant at, Attempt attempt, BounceCategory category, String blame, Instant nextAttemptAt)
            implements MailEvent {}

    /**
     * Failed for good.
     *
     * @param attempt null when a report told of it later
     * @param late whether the receiving host had taken it first
     * @param detail the reply or the diagnostic of the report
     */
    record Bounced(
            RecipientRef of,
            Instant at,
            @Nullable Attempt attempt,
            BounceCategory category,
            String blame,
            boolean late,
            String detail)
            implements MailEvent {}

    /** Its time to live or the longest age is over. */
    record Expired(RecipientRef of, Instant at, String lastReply) implements MailEvent {}

    /** Not attempted any more: suppressed, unsubscribed, cancelled or banned after acceptance. */
    record Dropped(RecipientRef of, Instant at, String reason) implements MailEvent {}

    /** Its reader called it spam. */
    record Complained(RecipientRef of, Instant at, String source) implements MailEvent {}

    /**
     * Its pictures were loaded.
     *
     * @param machine whether a scanner or prefetching proxy did it, as far as can be told
     */
    record Opened(RecipientRef of, Instant at, boolean machine, String agent) implements MailEvent {}

    /** A link was followed. */
    record Clicked(RecipientRef of, Instant at, boolean machine, String url, String agent) implements MailEvent {}

    /** Its reader wants no more mail of that domain. */
    record Unsubscribed(RecipientRef of, Instant at, String source) implements MailEvent {}
}
