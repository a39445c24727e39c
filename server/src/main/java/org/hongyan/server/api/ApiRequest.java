package org.hongyan.server.api;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as received, before anything of it is believed.
 *
 * @param method {@code GET} or {@code POST}
 * @param rawQuery the query as received, without the question mark; empty when there is none
 * @param headers values by name, compared without case; of a repeated header the first
 * @param body exact octets; not to be changed
 */
record ApiRequest(String method, String rawQuery, Map<String, String> headers, byte[] body) {

    ApiRequest {
        Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        headers = caseless;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    String header(String name, String otherwise) {
        String value = headers.get(name);
        return value == null ? otherwise : value;
    }

    /** Whether the content type is that of an HTML form, charset or not. */
    boolean isForm() {
        return header("Content-Type", "").regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33);
    }

    @Override
    public String toString() {
        return method + " " + header("X-TC-Action", "");
    }
}
