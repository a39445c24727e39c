package org.hongyan.server.account;

/** A pair with which programs sign their calls; {@code secretKey} in clear, never to be logged. */
public record ApiKey(AccountId accountId, String secretId, String secretKey) {
    @Override
    public String toString() {
        return "ApiKey[" + secretId + "]";
    }
}
