package org.hongyan.server.sender;

import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.springframework.stereotype.Service;

/** The sender addresses of all accounts. Thread-safe. */
@Service
public class SenderAddresses {

    /** Adds an address under a verified domain of the account. */
    public Outcome<SenderAddress> create(AccountId account, String address, String alias) {
        throw new UnsupportedOperationException();
    }

    /** All addresses of the account. */
    public List<SenderAddress> list(AccountId account) {
        throw new UnsupportedOperationException();
    }

    /** Removes an address. */
    public Outcome<SenderAddress> delete(AccountId account, String address) {
        throw new UnsupportedOperationException();
    }

    /** Changes the display name. */
    public Outcome<SenderAddress> rename(AccountId account, String address, String alias) {
        throw new UnsupportedOperationException();
    }

    /** Sets the SMTP password, which is stored only as a slow hash. */
    public Outcome<SenderAddress> setSmtpPassword(AccountId account, String address, String password) {
        throw new UnsupportedOperationException();
    }

    /** The account's address, from a short-lived cache. */
    public Optional<SenderAddress> find(AccountId account, EmailAddress address) {
        throw new UnsupportedOperationException();
    }

    /** The sender that this user name and SMTP password belong to; takes as long for an unknown name. */
    public Optional<SenderAddress> authenticate(String address, String password) {
        throw new UnsupportedOperationException();
    }
}
