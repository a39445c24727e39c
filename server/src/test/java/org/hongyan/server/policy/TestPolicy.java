package org.hongyan.server.policy;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The content policy without Spring. */
public final class TestPolicy {

    private TestPolicy() {}

    /** With the default settings. */
    public static ContentPolicy standard() {
        return with(Map.of());
    }

    static ContentPolicy with(Map<String, String> settings) {
        return new ContentPolicy(new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("hongyan.policy", PolicyProperties.class));
    }
}
