package org.hongyan.server.api;

import org.hongyan.server.account.ApiKey;

/** What checking a signature gave. */
sealed interface Authentication {

    /** The signature is right. */
    record Granted(ApiKey key) implements Authentication {}

    /** It is not, or it is too old, or there is none. */
    record Denied(TencentError error) implements Authentication {}

    /** Denied with a code and a text without facts. */
    static Denied denied(String code, String text) {
        return new Denied(TencentError.of(code, text));
    }
}
