package org.hongyan.server.suppression;

import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;

/** A person whom a domain of an account is about to mail. */
public record Addressee(AccountId account, DomainName domain, EmailAddress address) {}
