package org.hongyan.server.sender;

import java.time.Instant;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * A domain that an account sends from.
 *
 * @param verifiedAt when it passed for the first time; null before
 * @param lastCheckedAt when the DNS was asked last; null before the first time
 * @param nextCheckAt when it is looked at by itself again
 * @param abnormalSince when its records went wrong; null while they are right
 */
public record SendingDomain(
        long id,
        AccountId accountId,
        DomainName name,
        DomainState state,
        Instant createdAt,
        @Nullable Instant verifiedAt,
        @Nullable Instant lastCheckedAt,
        @Nullable Instant nextCheckAt,
        @Nullable Instant abnormalSince) {}
