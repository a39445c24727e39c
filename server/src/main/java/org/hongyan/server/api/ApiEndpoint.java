package org.hongyan.server.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hongyan.server.account.ApiKeys;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one path of the API. It always answers 200 with {@code Content-Type: application/json} to the letter, since
 * Tencent's SDKs see anything else as a broken network (reference, section 0).
 */
@Controller
final class ApiEndpoint {

    static final String VERSION = "2020-10-02";
    private static final int LONGEST_QUERY = 32 * 1024;
    private static final int LARGEST_LEGACY_BODY = 1024 * 1024;

    private final ApiProperties properties;
    private final Tc3Authenticator tc3;
    private final LegacyAuthenticator legacy;
    private final ActionDispatcher dispatcher;
    private final ApiAnswers answers = new ApiAnswers();
    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .maxStringLength(16 * 1024 * 1024)
                            .build())
                    .build())
            .build();

    ApiEndpoint(ApiProperties properties, ApiKeys keys, InstantSource clock, List<Action<?>> actions) {
        this.properties = properties;
        SignatureAge age = new SignatureAge(clock);
        SignedHosts hosts = new SignedHosts(properties.publicHosts());
        this.tc3 = new Tc3Authenticator(keys::find, age, hosts);
        this.legacy = new LegacyAuthenticator(keys::find, age, hosts);
        this.dispatcher = new ActionDispatcher(actions, new CallRate(properties.requestsPerSecond()));
    }

    /** A browser that comes to the root is led to the console; everything else with a query is a call. */
    @GetMapping("/")
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getQueryString() == null
                && request.getHeader("Authorization") == null
                && request.getHeader("X-TC-Action") == null) {
            response.sendRedirect("/console");
            return;
        }
        answer(request, response);
    }

    @PostMapping("/")
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = UUID.randomUUID().toString();
        String language = "en-US";
        ActionResult result;
        int limit = Math.toIntExact(properties.largestBody().toBytes());
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        if (body.length > limit || query.length() > LONGEST_QUERY) {
            result = ActionResult.failed(
                    TencentError.of("RequestSizeLimitExceeded", "request-too-large", "limit", Integer.toString(limit)));
            request.getInputStream().skip(Long.MAX_VALUE);
        } else {
            ApiRequest call = new ApiRequest(request.getMethod(), query, headersOf(request), body);
            language = call.header("X-TC-Language", language);
            result = call.header("Authorization") != null ? signedV3(call, requestId) : signedV1(call, requestId);
        }
        byte[] json = answers.render(result, requestId, language);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private ActionResult signedV3(ApiRequest call, String requestId) {
        return switch (tc3.authenticate(call)) {
            case Authentication.Denied(TencentError error) -> ActionResult.failed(error);
            case Authentication.Granted granted -> {
                String action = call.header("X-TC-Action", "");
                String version = call.header("X-TC-Version", "");
                boolean flat = call.method().equals("GET") || call.isForm();
                JsonNode parameters;
                try {
                    parameters = flat
                            ? FlatParameters.tree(FlatParameters.decode(
                                    call.method().equals("GET") ? call.rawQuery() : textOf(call.body())))
                            : json(call.body());
                } catch (JacksonException | IllegalArgumentException unreadable) {
                    yield ActionResult.failed(TencentError.of("InvalidParameter", "body-unreadable"));
                }
                yield dispatch(granted, action, version, parameters, flat, requestId);
            }
        };
    }

    private ActionResult signedV1(ApiRequest call, String requestId) {
        if (call.body().length > LARGEST_LEGACY_BODY) {
            return ActionResult.failed(TencentError.of(
                    "RequestSizeLimitExceeded", "request-too-large", "limit", Integer.toString(LARGEST_LEGACY_BODY)));
        }
        Map<String, String> parameters;
        ObjectNode tree;
        try {
            parameters = FlatParameters.decode(
                    call.method().equals("GET") ? call.rawQuery() : call.isForm() ? textOf(call.body()) : "");
            tree = FlatParameters.tree(parameters);
        } catch (IllegalArgumentException unreadable) {
            return ActionResult.failed(TencentError.of("InvalidParameter", "body-unreadable"));
        }
        if (!parameters.containsKey("Signature")) {
            return ActionResult.failed(TencentError.of("AuthFailure.InvalidAuthorization", "authorization-missing"));
        }
        return switch (legacy.authenticate(call, parameters)) {
            case Authentication.Denied(TencentError error) -> ActionResult.failed(error);
            case Authentication.Granted granted ->
                dispatch(
                        granted,
                        parameters.getOrDefault("Action", ""),
                        parameters.getOrDefault("Version", ""),
                        tree,
                        true,
                        requestId);
        };
    }

    private ActionResult dispatch(
            Authentication.Granted granted,
            String action,
            String version,
            JsonNode parameters,
            boolean flat,
            String requestId) {
        if (action.isEmpty()) {
            return ActionResult.failed(TencentError.missing("Action"));
        }
        if (version.isEmpty()) {
            return ActionResult.failed(TencentError.missing("Version"));
        }
        if (!version.equals(VERSION)) {
            return ActionResult.failed(TencentError.of("NoSuchVersion", "unknown-version", "version", version));
        }
        Caller caller = new Caller(granted.key().accountId(), granted.key().secretId());
        return dispatcher.dispatch(caller, action, parameters, flat, requestId);
    }

    private JsonNode json(byte[] body) {
        return body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body);
    }

    private static String textOf(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Map<String, String> headersOf(HttpServletRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, request.getHeader(name));
        }
        return headers;
    }
}
