package org.hongyan.server.api;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the HTTP API.
 *
 * @param requestsPerSecond calls of one action that one account may make in a second, at each node
 * @param largestBody of a signature v3 request
 * @param publicHosts host names under which a reverse proxy offers the API; a signature over one of them is accepted too
 */
@ConfigurationProperties("hongyan.api")
record ApiProperties(
        @DefaultValue("20") int requestsPerSecond,
        @DefaultValue("10MB") DataSize largestBody,
        @DefaultValue List<String> publicHosts) {

    ApiProperties {
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException("api.requests-per-second is at least 1");
        }
        publicHosts = List.copyOf(publicHosts);
    }
}
