package org.hongyan.server.suppression;

import java.net.URI;
import java.time.Duration;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Whom we do not mail, and where people say so. */
@Validated
@ConfigurationProperties("hongyan.suppression")
record SuppressionProperties(
        @Meaning("How long an address that bounced as invalid is not mailed again.") @DefaultValue("14d")
        Duration hardBounce,

        @Meaning("Public address of this service for unsubscribe links, without a path; RFC 8058 wants https.")
        @DefaultValue("http://127.0.0.1:8080")
        URI linkHost) {}
