package org.hongyan.server.account;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** The accounts and their activation. Thread-safe. */
@Service
public class Accounts {

    /** The account, from a short-lived cache; empty when there is none. */
    public Optional<Account> find(AccountId id) {
        throw new UnsupportedOperationException();
    }
}
