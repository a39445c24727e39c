package org.hongyan.server.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hongyan.server.account.ApiKey;

/** Checks signatures of the old method v1, HmacSHA1 and HmacSHA256 (reference, section 3.4). Thread-safe. */
final class LegacyAuthenticator {

    private final Function<String, Optional<ApiKey>> keys;
    private final SignatureAge age;
    private final SignedHosts hosts;

    LegacyAuthenticator(Function<String, Optional<ApiKey>> keys, SignatureAge age, SignedHosts hosts) {
        this.keys = keys;
        this.age = age;
        this.hosts = hosts;
    }

    Authentication authenticate(ApiRequest request, Map<String, String> parameters) {
        for (String needed : new String[] {"SecretId", "Timestamp", "Nonce", "Signature"}) {
            if (parameters.getOrDefault(needed, "").isEmpty()) {
                return new Authentication.Denied(TencentError.missing(needed));
            }
        }
        long timestamp = SignatureAge.parse(parameters.getOrDefault("Timestamp", ""));
        if (timestamp < 0) {
            return new Authentication.Denied(TencentError.malformed("Timestamp", "Unix seconds"));
        }
        if (SignatureAge.parse(parameters.getOrDefault("Nonce", "")) < 1) {
            return new Authentication.Denied(TencentError.malformed("Nonce", "a positive integer"));
        }
        String method = parameters.getOrDefault("SignatureMethod", "HmacSHA1");
        if (!method.isEmpty() && !method.equals("HmacSHA1") && !method.equals("HmacSHA256")) {
            return new Authentication.Denied(TencentError.illegal("SignatureMethod", "HmacSHA1, HmacSHA256"));
        }
        if (!age.isFresh(timestamp)) {
            return Authentication.denied("AuthFailure.SignatureExpire", "signature-expired");
        }
        Optional<ApiKey> key = keys.apply(parameters.getOrDefault("SecretId", ""));
        byte[] secret = key.map(ApiKey::secretKey).orElse("nobody").getBytes(StandardCharsets.UTF_8);
        boolean matches = matches(request, parameters, method.equals("HmacSHA256"), secret);
        if (key.isEmpty()) {
            return Authentication.denied("AuthFailure.SecretIdNotFound", "secret-id-not-found");
        }
        return matches
                ? new Authentication.Granted(key.get())
                : Authentication.denied("AuthFailure.SignatureFailure", "signature-wrong");
    }

    private boolean matches(ApiRequest request, Map<String, String> parameters, boolean sha256, byte[] secret) {
        byte[] given = parameters.getOrDefault("Signature", "").getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (String host : hosts.candidates(request.header("Host", ""))) {
            String plain = plainText(request.method(), host, parameters);
            byte[] mac = sha256 ? Hmac.sha256(secret, plain) : Hmac.sha1(secret, plain);
            found |= MessageDigest.isEqual(
                    Base64.getEncoder().encodeToString(mac).getBytes(StandardCharsets.US_ASCII), given);
        }
        return found;
    }

    private static String plainText(String method, String host, Map<String, String> parameters) {
        StringBuilder text = new StringBuilder(method).append(host).append("/?");
        String separator = "";
        for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
            if (parameter.getKey().equals("Signature")) {
                continue;
            }
            // SDKs of Java and Python turn an underscore of a name into a dot before they sign.
            text.append(separator).append(parameter.getKey().replace('_', '.'));
            text.append('=').append(parameter.getValue());
            separator = "&";
        }
        return text.toString();
    }
}
