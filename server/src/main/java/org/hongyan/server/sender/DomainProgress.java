package org.hongyan.server.sender;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a domain stands after a look at its records, and when it is looked at next. Pure.
 *
 * <p>A state goes down only for what is certainly wrong. A DNS that does not answer changes nothing but the time of the
 * next look, however long it lasts.
 */
record DomainProgress(
        DomainState state,
        @Nullable Instant verifiedAt,
        @Nullable Instant abnormalSince,
        Instant nextCheckAt,
        int waits) {

    /**
     * Why a domain was looked at.
     *
     * @param byHand whether a person asked for it, and so is likely to be working on the records
     * @param selectorWaits whether a new selector has not been seen yet, which is waited for as for a new domain
     */
    record Occasion(boolean byHand, boolean selectorWaits) {}

    /** Waits after which a domain that nobody works on any more is only looked at daily: about a week of waits. */
    private static final int PATIENCE = 90;

    /**
     * @param occasion why it was looked at
     */
    static DomainProgress after(
            StoredDomain stored,
            DomainLook.Verdict verdict,
            Occasion occasion,
            Instant now,
            SenderProperties settings) {
        SendingDomain domain = stored.domain();
        DomainState next = next(domain, verdict, now, settings.gracePeriod());
        Instant verifiedAt = next == DomainState.VERIFIED && domain.verifiedAt() == null ? now : domain.verifiedAt();
        Instant abnormalSince = switch (next) {
            case PENDING, VERIFIED -> null;
            case ABNORMAL, REFUSED -> domain.abnormalSince() == null ? now : domain.abnormalSince();
        };
        if (verdict == DomainLook.Verdict.RIGHT && !occasion.selectorWaits()) {
            return new DomainProgress(next, verifiedAt, null, now.plus(settings.verifiedRecheck()), 0);
        }
        int waits = occasion.byHand() || next != domain.state() ? 0 : stored.waits();
        Instant at = now.plus(wait(waits, settings));
        if (next == DomainState.ABNORMAL && abnormalSince != null) {
            Instant graceEnds = abnormalSince.plus(settings.gracePeriod());
            at = graceEnds.isAfter(now) && graceEnds.isBefore(at) ? graceEnds : at;
        }
        return new DomainProgress(next, verifiedAt, abnormalSince, at, waits + 1);
    }

    private static DomainState next(
            SendingDomain domain, DomainLook.Verdict verdict, Instant now, Duration gracePeriod) {
        return switch (verdict) {
            case RIGHT -> DomainState.VERIFIED;
            case UNKNOWN -> domain.state();
            case WRONG ->
                switch (domain.state()) {
                    case PENDING -> DomainState.PENDING;
                    case VERIFIED -> DomainState.ABNORMAL;
                    case ABNORMAL -> {
                        Instant since = domain.abnormalSince() == null ? now : domain.abnormalSince();
                        yield now.isBefore(since.plus(gracePeriod)) ? DomainState.ABNORMAL : DomainState.REFUSED;
                    }
                    case REFUSED -> DomainState.REFUSED;
                };
        };
    }

    /** 5, 10, 20, 40, 80, 120, 120 … minutes by default. */
    private static Duration wait(int waits, SenderProperties settings) {
        if (waits >= PATIENCE) {
            return settings.verifiedRecheck();
        }
        Duration doubled = settings.firstRecheck().multipliedBy(1L << Math.min(waits, 20));
        return doubled.compareTo(settings.longestRecheck()) < 0 ? doubled : settings.longestRecheck();
    }
}
