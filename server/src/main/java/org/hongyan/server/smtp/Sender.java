package org.hongyan.server.smtp;

import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;

/** Whom a connection sends as: what it signed in with, or what its network is tied to. */
record Sender(AccountId account, EmailAddress address) {

    boolean is(EmailAddress other) {
        return address.comparisonKey().equals(other.comparisonKey());
    }

    /** Whether that is a mailbox of the same domain. */
    boolean sharesDomainWith(EmailAddress other) {
        return address.domain().equals(other.domain());
    }
}
