package org.hongyan.server.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hongyan.server.account.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks TC3-HMAC-SHA256 signatures (reference, section 3.2). Thread-safe.
 *
 * <p>The service name is read from the scope, since SDKs put their endpoint's first label there. The host is tried with
 * and without port, and the values of further signed headers as received and in lower case, since clients differ. Each
 * form covers the same request, so trying several weakens nothing.
 */
final class Tc3Authenticator {

    static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    /** Unknown ids cost the same computation, so that timing does not tell which ids exist. */
    private static final byte[] NOBODYS_KEY = "TC3nobody".getBytes(StandardCharsets.UTF_8);

    private final Function<String, Optional<ApiKey>> keys;
    private final SignatureAge age;
    private final SignedHosts hosts;

    Tc3Authenticator(Function<String, Optional<ApiKey>> keys, SignatureAge age, SignedHosts hosts) {
        this.keys = keys;
        this.age = age;
        this.hosts = hosts;
    }

    Authentication authenticate(ApiRequest request) {
        Credential credential = Credential.parse(request.header("Authorization", ""));
        if (credential == null) {
            return Authentication.denied("AuthFailure.InvalidAuthorization", "authorization-malformed");
        }
        String timestampText = request.header("X-TC-Timestamp", "");
        if (timestampText.isEmpty()) {
            return new Authentication.Denied(TencentError.missing("X-TC-Timestamp"));
        }
        long timestamp = SignatureAge.parse(timestampText);
        if (timestamp < 0) {
            return new Authentication.Denied(TencentError.malformed("X-TC-Timestamp", "Unix seconds"));
        }
        if (!age.isFresh(timestamp)) {
            return Authentication.denied("AuthFailure.SignatureExpire", "signature-expired");
        }
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(timestamp), ZoneOffset.UTC);
        if (!credential.date().equals(day.toString())) {
            return Authentication.denied("AuthFailure.SignatureFailure", "scope-date-differs");
        }
        if (!credential.signedHeaders().containsAll(List.of("content-type", "host"))) {
            return Authentication.denied("AuthFailure.InvalidAuthorization", "signed-headers-incomplete");
        }
        Optional<ApiKey> key = keys.apply(credential.secretId());
        boolean matches = matches(request, credential, timestampText, key);
        if (key.isEmpty()) {
            return Authentication.denied("AuthFailure.SecretIdNotFound", "secret-id-not-found");
        }
        return matches
                ? new Authentication.Granted(key.get())
                : Authentication.denied("AuthFailure.SignatureFailure", "signature-wrong");
    }

    private boolean matches(ApiRequest request, Credential credential, String timestamp, Optional<ApiKey> key) {
        byte[] signingKey = signingKey(
                key.map(k -> ("TC3" + k.secretKey()).getBytes(StandardCharsets.UTF_8))
                        .orElse(NOBODYS_KEY),
                credential);
        byte[] given = credential.signature().getBytes(StandardCharsets.US_ASCII);
        String payloadHash = UNSIGNED_PAYLOAD.equals(request.header("X-TC-Content-SHA256"))
                ? Hmac.sha256Hex(UNSIGNED_PAYLOAD.getBytes(StandardCharsets.US_ASCII))
                : Hmac.sha256Hex(request.body());
        boolean found = false;
        for (String host : hosts.candidates(request.header("Host", ""))) {
            for (boolean lowerCase : new boolean[] {false, true}) {
                String canonical = canonicalRequest(request, credential.signedHeaders(), host, lowerCase, payloadHash);
                String toSign = ALGORITHM + "\n" + timestamp + "\n" + credential.scope() + "\n"
                        + Hmac.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8));
                String expected = HexFormat.of().formatHex(Hmac.sha256(signingKey, toSign));
                found |= MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), given);
            }
        }
        return found;
    }

    /** The text whose hash is signed; visible for the vectors of the reference. */
    static String canonicalRequest(
            ApiRequest request, List<String> signedHeaders, String host, boolean lowerCase, String payloadHash) {
        StringBuilder text = new StringBuilder(request.method()).append("\n/\n");
        text.append(request.method().equals("GET") ? request.rawQuery() : "").append('\n');
        for (String name : signedHeaders) {
            String value = name.equals("host") ? host : request.header(name, "").strip();
            text.append(name).append(':');
            text.append(lowerCase ? value.toLowerCase(Locale.ROOT) : value).append('\n');
        }
        text.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payloadHash);
        return text.toString();
    }

    private static byte[] signingKey(byte[] secret, Credential credential) {
        byte[] date = Hmac.sha256(secret, credential.date());
        byte[] service = Hmac.sha256(date, credential.service());
        return Hmac.sha256(service, "tc3_request");
    }

    /** The parts of an Authorization header. */
    record Credential(String secretId, String date, String service, List<String> signedHeaders, String signature) {

        String scope() {
            return date + "/" + service + "/tc3_request";
        }

        /** Null when the header is not of Tencent's form. */
        static @Nullable Credential parse(String header) {
            if (!header.startsWith(ALGORITHM + " ")) {
                return null;
            }
            Map<String, String> parts = new java.util.HashMap<>();
            for (String part : header.substring(ALGORITHM.length() + 1).split(",", 8)) {
                int equals = part.indexOf('=');
                if (equals < 0) {
                    return null;
                }
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
            String credential = parts.get("Credential");
            String signedHeaders = parts.get("SignedHeaders");
            String signature = parts.get("Signature");
            if (credential == null || signedHeaders == null || signature == null) {
                return null;
            }
            String[] scope = credential.split("/", -1);
            if (scope.length != 4 || !scope[3].equals("tc3_request") || scope[0].isEmpty() || scope[2].isEmpty()) {
                return null;
            }
            List<String> names = Arrays.stream(signedHeaders.split(";", 32))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            return new Credential(scope[0], scope[1], scope[2], names, signature);
        }
    }
}
