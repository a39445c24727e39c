package org.hongyan.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.ApiKey;
import org.junit.jupiter.api.Test;

/** The vectors of the reference, sections 3.2 and 3.4, and what must not pass. */
class SignatureVectorsTest {

    private static final String JAVA_BODY =
            "{\"FromEmailAddress\":\"A <a@b.c>\",\"Destination\":[\"x@y.z\"],\"Subject\":\"主题\","
                    + "\"Template\":{\"TemplateID\":1,\"TemplateData\":\"{}\"}}";
    private static final String NODE_BODY =
            "{\"FromEmailAddress\":\"a@b.c\",\"Subject\":\"s\",\"Destination\":[\"x@y.z\"],"
                    + "\"Template\":{\"TemplateID\":1,\"TemplateData\":\"{}\"}}";
    private static final String JAVA_QUERY =
            "FromEmailAddress=A+%3Ca%40b.c%3E&Destination.0=x%40y.z&Template.TemplateID=1"
                    + "&Subject=%E4%B8%BB%E9%A2%98&Template.TemplateData=%7B%7D";
    private static final String LEGACY_FORM = "FromEmailAddress=A+%3Ca%40b.c%3E&Action=SendEmail&Template.TemplateID=1"
            + "&Timestamp=1795541077&Subject=%E4%B8%BB%E9%A2%98&Nonce=44426326&Destination.0=x%40y.z&Language=en-US"
            + "&Version=2020-10-02&SecretId=AKIDx&RequestClient=SDK_JAVA_3.1.1481&Region=ap-guangzhou"
            + "&SignatureMethod=HmacSHA1&Template.TemplateData=%7B%7D&Signature=%2BRVp7PMH7OY%2FaCbmOWHs%2BkUJGi8%3D";

    @Test
    void javaPostPasses() {
        assertGranted(
                1795541077,
                post(
                        JAVA_BODY,
                        "localhost:18099",
                        "application/json; charset=utf-8",
                        1795541077,
                        "2026-11-24/localhost:18099",
                        "b0a9bfb3e3560ca14763974d8ad43be3529fbc8767de6748c295904fcba5dfaf"));
    }

    @Test
    void javaGetPassesWithItsUnsortedQueryAsReceived() {
        Map<String, String> headers = headers(
                "127.0.0.1:18099",
                "application/x-www-form-urlencoded",
                1795541077,
                "2026-11-24/127",
                "84dcc28e105eea172a057daa4bde3c00ce9b24159fb93dcaf8d22473e9a8b4cc");
        assertGranted(1795541077, new ApiRequest("GET", JAVA_QUERY, headers, new byte[0]));
    }

    @Test
    void nodePassesThoughItSignsTheHostWithoutItsPort() {
        assertGranted(
                1795541069,
                post(
                        NODE_BODY,
                        "localhost:18099",
                        "application/json",
                        1795541069,
                        "2026-11-24/localhost:18099",
                        "3285e3deaa539f60d7f786bbddae1e055f5a5f199707a0720f9a73606a82d107"));
        assertGranted(
                1795541069,
                post(
                        "{}",
                        "localhost:18099",
                        "application/json",
                        1795541069,
                        "2026-11-24/localhost:18099",
                        "2e7530813d9200d8436771dd0747ca3da9da3813fea872095d0031a77d254215"));
    }

    @Test
    void theOfficialSampleHasItsHashes() {
        String payload =
                "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        assertThat(Hmac.sha256Hex(body)).isEqualTo("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
        Map<String, String> headers = Map.of(
                "Content-Type", "application/json; charset=utf-8",
                "Host", "cvm.tencentcloudapi.com",
                "X-TC-Action", "DescribeInstances");
        String canonical = Tc3Authenticator.canonicalRequest(
                new ApiRequest("POST", "", headers, body),
                List.of("content-type", "host", "x-tc-action"),
                "cvm.tencentcloudapi.com",
                true,
                Hmac.sha256Hex(body));
        assertThat(Hmac.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84");
    }

    @Test
    void theOldMethodPasses() {
        assertThat(legacy(LEGACY_FORM)).isInstanceOf(Authentication.Granted.class);
        assertThat(code(legacy(LEGACY_FORM.replace("Nonce=44426326", "Nonce=44426327"))))
                .isEqualTo("AuthFailure.SignatureFailure");
        assertThat(code(legacy(LEGACY_FORM.replace("SecretId=AKIDx", "SecretId=AKIDy"))))
                .isEqualTo("AuthFailure.SecretIdNotFound");
        assertThat(code(legacy(LEGACY_FORM.replace("&Nonce=44426326", "")))).isEqualTo("MissingParameter");
    }

    @Test
    void theWindowOfFiveMinutesIsInclusive() {
        ApiRequest request = javaPost();
        assertGranted(1795541077 + 300, request);
        assertGranted(1795541077 - 300, request);
        assertThat(code(authenticate(1795541077 + 301, request))).isEqualTo("AuthFailure.SignatureExpire");
        assertThat(code(authenticate(1795541077 - 301, request))).isEqualTo("AuthFailure.SignatureExpire");
    }

    @Test
    void anotherBodyHostOrKeyFails() {
        ApiRequest good = javaPost();
        ApiRequest otherBody = new ApiRequest("POST", "", good.headers(), "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(code(authenticate(1795541077, otherBody))).isEqualTo("AuthFailure.SignatureFailure");
        assertThat(code(authenticate(1795541077, with(good, "Host", "localhost:18098"))))
                .isEqualTo("AuthFailure.SignatureFailure");
        assertThat(code(authenticate(
                        1795541077,
                        with(good, "Authorization", authorization(good).replace("AKIDx", "AKIDy")))))
                .isEqualTo("AuthFailure.SecretIdNotFound");
    }

    @Test
    void aScopeOfAnotherDayFails() {
        ApiRequest good = javaPost();
        assertThat(code(authenticate(
                        1795541077,
                        with(good, "Authorization", authorization(good).replace("2026-11-24", "2026-11-25")))))
                .isEqualTo("AuthFailure.SignatureFailure");
    }

    @Test
    void malformedAuthorizationsAreTold() {
        ApiRequest good = javaPost();
        for (String broken : List.of(
                "SKIP",
                "",
                "TC3-HMAC-SHA256",
                "TC3-HMAC-SHA256 Credential=AKIDx/2026-11-24/ses, SignedHeaders=content-type;host, Signature=00",
                "TC3-HMAC-SHA256 Credential=AKIDx/2026-11-24/ses/tc3_request, Signature=00",
                "TC3-HMAC-SHA256 Credential=AKIDx/2026-11-24/ses/tc3_request, SignedHeaders=host, Signature=00")) {
            assertThat(code(authenticate(1795541077, with(good, "Authorization", broken))))
                    .as(broken)
                    .isEqualTo("AuthFailure.InvalidAuthorization");
        }
    }

    private static ApiRequest javaPost() {
        return post(
                JAVA_BODY,
                "localhost:18099",
                "application/json; charset=utf-8",
                1795541077,
                "2026-11-24/localhost:18099",
                "b0a9bfb3e3560ca14763974d8ad43be3529fbc8767de6748c295904fcba5dfaf");
    }

    private static ApiRequest post(
            String body, String host, String contentType, long timestamp, String scope, String signature) {
        return new ApiRequest(
                "POST",
                "",
                headers(host, contentType, timestamp, scope, signature),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(
            String host, String contentType, long timestamp, String scope, String signature) {
        return Map.of(
                "Host",
                host,
                "Content-Type",
                contentType,
                "X-TC-Timestamp",
                Long.toString(timestamp),
                "Authorization",
                "TC3-HMAC-SHA256 Credential=AKIDx/" + scope
                        + "/tc3_request, SignedHeaders=content-type;host, Signature=" + signature);
    }

    private static ApiRequest with(ApiRequest request, String header, String value) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put(header, value);
        return new ApiRequest(request.method(), request.rawQuery(), headers, request.body());
    }

    private static String authorization(ApiRequest request) {
        return request.header("Authorization", "");
    }

    private static void assertGranted(long now, ApiRequest request) {
        assertThat(authenticate(now, request)).isInstanceOf(Authentication.Granted.class);
    }

    private static Authentication authenticate(long now, ApiRequest request) {
        return new Tc3Authenticator(SignatureVectorsTest::key, age(now), new SignedHosts(List.of()))
                .authenticate(request);
    }

    private static Authentication legacy(String form) {
        Map<String, String> headers =
                Map.of("Host", "localhost:18099", "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        ApiRequest request = new ApiRequest("POST", "", headers, form.getBytes(StandardCharsets.UTF_8));
        return new LegacyAuthenticator(SignatureVectorsTest::key, age(1795541077), new SignedHosts(List.of()))
                .authenticate(request, FlatParameters.decode(form));
    }

    private static SignatureAge age(long now) {
        return new SignatureAge(InstantSource.fixed(Instant.ofEpochSecond(now)));
    }

    private static Optional<ApiKey> key(String secretId) {
        return secretId.equals("AKIDx") ? Optional.of(new ApiKey(new AccountId(1), "AKIDx", "SKx")) : Optional.empty();
    }

    private static String code(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Denied(TencentError error) -> error.code();
            case Authentication.Granted granted -> "granted";
        };
    }
}
