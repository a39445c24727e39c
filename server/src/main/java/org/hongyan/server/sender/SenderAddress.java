package org.hongyan.server.sender;

import java.time.Instant;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;

/**
 * An address that an account sends from.
 *
 * @param alias display name, possibly empty
 * @param smtpPasswordSet whether SMTP submission is possible
 */
public record SenderAddress(
        long id, AccountId accountId, EmailAddress address, String alias, boolean smtpPasswordSet, Instant createdAt) {}
