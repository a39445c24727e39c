package org.hongyan.server.event;

import java.time.Instant;
import java.util.Optional;

/**
 * One recipient as the ledger knows it, for other rooms that hold our own signature for it.
 *
 * @param firstAttemptAt whose day its results count for; empty before it was tried
 */
public record LedgerEntry(
        RecipientRef ref, long domainId, String sender, RecipientState state, Optional<Instant> firstAttemptAt) {}
