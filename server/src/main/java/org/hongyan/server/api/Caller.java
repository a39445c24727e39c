package org.hongyan.server.api;

import org.hongyan.server.account.AccountId;

/**
 * Who calls, as far as an action needs to know.
 *
 * @param secretId of the key that signed
 */
record Caller(AccountId account, String secretId) {

    /** The name under which the audit trail knows this caller. */
    String actor() {
        return "api:" + secretId;
    }
}
