package org.hongyan.server.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be shown of a key. */
public record ApiKeyInfo(
        String secretId,
        String description,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
