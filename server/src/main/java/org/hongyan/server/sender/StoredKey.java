package org.hongyan.server.sender;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A selector without its private key.
 *
 * @param publicRecord the text to publish
 * @param passedAt when its record was seen right for the first time; null before
 */
record StoredKey(
        long id,
        long domainId,
        String selector,
        String publicRecord,
        Instant createdAt,
        @Nullable Instant passedAt) {}
