package org.hongyan.server.api;

import java.util.Map;

/**
 * An error as Tencent's clients know it.
 *
 * @param code of the reference, its odd spellings included
 * @param text key of the message bundle
 * @param facts named facts for the message
 */
record TencentError(String code, String text, Map<String, String> facts) {

    static TencentError of(String code, String text) {
        return new TencentError(code, text, Map.of());
    }

    static TencentError of(String code, String text, String name, String value) {
        return new TencentError(code, text, Map.of(name, value));
    }

    /** A required parameter is not there. */
    static TencentError missing(String parameter) {
        return of("MissingParameter", "missing-parameter", "parameter", parameter);
    }

    /** A parameter of the wrong JSON type or form. */
    static TencentError malformed(String parameter, String expected) {
        return new TencentError(
                "InvalidParameter", "malformed-parameter", Map.of("parameter", parameter, "expected", expected));
    }

    /** A parameter whose value is not allowed. */
    static TencentError illegal(String parameter, String allowed) {
        return new TencentError(
                "InvalidParameterValue", "illegal-parameter", Map.of("parameter", parameter, "allowed", allowed));
    }

    /** The same under another code, for actions in which the reference names it differently. */
    TencentError withCode(String other) {
        return new TencentError(other, text, facts);
    }
}
