package org.hongyan.server.sender;

import java.time.Instant;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;

/** A domain has moved, for those who warn people. Published in the transaction that stores it. */
public record DomainStateChanged(
        long domainId, AccountId accountId, DomainName name, DomainState from, DomainState to, Instant at) {}
