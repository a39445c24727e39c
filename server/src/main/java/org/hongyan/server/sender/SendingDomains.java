package org.hongyan.server.sender;

import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.springframework.stereotype.Service;

/** The sending domains of all accounts. Thread-safe. */
@Service
public class SendingDomains {

    /** Adds a domain with a fresh key; DNS is asked only for the enterprise-mailbox check. */
    public Outcome<DomainReport> create(AccountId account, String name) {
        throw new UnsupportedOperationException();
    }

    /** Looks the DNS up now, stores what was seen and moves the state (提交验证). */
    public Outcome<DomainReport> verify(AccountId account, String name) {
        throw new UnsupportedOperationException();
    }

    /** The domain as last seen; {@code DomainUnknown} when the account has none of that name. */
    public Outcome<DomainReport> report(AccountId account, String name) {
        throw new UnsupportedOperationException();
    }

    /** All domains of the account by name. */
    public List<SendingDomain> list(AccountId account) {
        throw new UnsupportedOperationException();
    }

    /** Removes a domain that no sender address uses. */
    public Outcome<SendingDomain> delete(AccountId account, String name) {
        throw new UnsupportedOperationException();
    }

    /** Publishes a second selector beside the live one; it takes over once its record is seen. */
    public Outcome<DomainReport> rotateKey(AccountId account, String name) {
        throw new UnsupportedOperationException();
    }

    /** Any account's domain of that name, from a short-lived cache; for acceptance, delivery and the operator. */
    public Optional<SendingDomain> find(DomainName name) {
        throw new UnsupportedOperationException();
    }
}
