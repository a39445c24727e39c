package org.hongyan.server.console;

import org.hongyan.mail.report.BounceCategory;
import org.hongyan.server.account.AccountState;
import org.hongyan.server.event.RecipientState;
import org.hongyan.server.event.RecipientStatus;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.sender.DomainState;
import org.hongyan.server.sender.RecordStatus;
import org.hongyan.server.template.TemplateState;
import org.jspecify.annotations.Nullable;

/**
 * A state shown as a dot with a shape, a colour and a word; colour never alone.
 *
 * @param look CSS classes: the shape ({@code half} in progress, {@code tri} needs you, {@code sq} stopped, {@code no} not
 *     started, none for settled well) and the tone
 * @param word key of the message bundle
 */
record Badge(String look, String word) {

    static Badge of(DomainState state) {
        return switch (state) {
            case PENDING -> new Badge("half wait", "state.domain.pending");
            case VERIFIED -> new Badge("ok", "state.domain.verified");
            case ABNORMAL -> new Badge("tri wait", "state.domain.abnormal");
            case REFUSED -> new Badge("sq bad", "state.domain.refused");
        };
    }

    static Badge of(RecordStatus status) {
        return switch (status) {
            case UNCHECKED -> new Badge("no", "state.record.unchecked");
            case PASS -> new Badge("ok", "state.record.pass");
            case MISMATCH -> new Badge("tri bad", "state.record.mismatch");
            case MISSING -> new Badge("tri bad", "state.record.missing");
            case TIMED_OUT -> new Badge("no", "state.record.timed-out");
        };
    }

    static Badge of(TemplateState state) {
        return switch (state) {
            case PENDING -> new Badge("half wait", "state.template.pending");
            case APPROVED -> new Badge("ok", "state.template.approved");
            case REJECTED -> new Badge("tri bad", "state.template.rejected");
        };
    }

    static Badge of(AccountState state) {
        return switch (state) {
            case REGISTERED -> new Badge("no", "state.account.registered");
            case REAL_NAME_AWAITING -> new Badge("half wait", "state.account.awaiting");
            case ACTIVATED -> new Badge("ok", "state.account.activated");
            case SUSPENDED -> new Badge("sq bad", "state.account.suspended");
        };
    }

    /** A complaint says more than the delivery before it. */
    static Badge of(RecipientStatus status) {
        return status.complained()
                ? new Badge("sq plum", "state.message.complained")
                : of(status.state(), status.category());
    }

    private static Badge of(RecipientState state, @Nullable BounceCategory category) {
        return switch (state) {
            case ACCEPTED -> new Badge("no", "state.message.accepted");
            case DEFERRED -> new Badge("half wait", "state.message.deferred");
            case DELIVERED -> new Badge("ok", "state.message.delivered");
            case BOUNCED -> bounced(category);
            case EXPIRED -> new Badge("sq", "state.message.expired");
            case DROPPED -> new Badge("sq", "state.message.dropped");
        };
    }

    private static Badge bounced(@Nullable BounceCategory category) {
        if (category == BounceCategory.INVALID_ADDRESS) {
            return new Badge("sq bad", "state.message.invalid");
        }
        return category == BounceCategory.SPAM_REJECTED
                ? new Badge("sq plum", "state.message.spam-rejected")
                : new Badge("sq bad", "state.message.bounced");
    }

    static Badge of(Finding.Severity severity) {
        return switch (severity) {
            case ADVICE -> new Badge("half wait", "state.finding.advice");
            case NEEDS_PERSON -> new Badge("tri wait", "state.finding.person");
            case REFUSED -> new Badge("tri bad", "state.finding.refused");
        };
    }
}
