package org.hongyan.server.sender;

import java.time.Instant;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;

/**
 * A domain has passed for the first time. Published in the transaction that stores it, so a listener that writes to the
 * database takes part in it.
 */
public record DomainVerified(long domainId, AccountId accountId, DomainName name, Instant at) {}
