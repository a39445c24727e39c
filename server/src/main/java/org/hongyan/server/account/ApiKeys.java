package org.hongyan.server.account;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** API keys; the secret key is encrypted at rest. Thread-safe. */
@Service
public class ApiKeys {

    /** An enabled key of that id, from a short-lived cache. */
    public Optional<ApiKey> find(String secretId) {
        throw new UnsupportedOperationException();
    }

    /** Makes a new pair; the only time the secret key is shown. */
    public ApiKey create(AccountId account, String description) {
        throw new UnsupportedOperationException();
    }

    /** The keys of an account without their secrets. */
    public List<ApiKeyInfo> list(AccountId account) {
        throw new UnsupportedOperationException();
    }

    /** Disables a key for good; false when the account has no such key. */
    public boolean delete(AccountId account, String secretId) {
        throw new UnsupportedOperationException();
    }
}
