package org.hongyan.server.queue;

import java.time.Instant;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.event.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A message whose recipients wait. Immutable.
 *
 * @param id the queue's own short key
 * @param domainId sending domain
 * @param recipients how many it was accepted for
 * @param personal whether its content differs from recipient to recipient
 * @param content encoded; null when it is left in the table
 */
record QueuedMessage(
        long id,
        MessageId messageId,
        AccountId account,
        long domainId,
        Instant acceptedAt,
        int recipients,
        boolean personal,
        byte @Nullable [] content) {}
