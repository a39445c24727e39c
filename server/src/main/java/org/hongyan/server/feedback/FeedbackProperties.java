package org.hongyan.server.feedback;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** The receiving port for what comes back. */
@Validated
@ConfigurationProperties("hongyan.feedback")
record FeedbackProperties(
        @Meaning("Whether this node listens for bounces and complaints.") @DefaultValue("true")
        boolean enabled,

        @Meaning("Address that the bounce port listens on.") @DefaultValue("127.0.0.1")
        String host,

        @Meaning("The bounce port; 25 where the MX records of the sending domains point.")
        @DefaultValue("2525")
        @Min(0)
        @Max(65535)
        int port,

        @Meaning("Name of the bounce host in its greeting.") @DefaultValue("bounce.localhost")
        String hostName,

        @Meaning("How long after its acceptance a mail's return path takes reports.") @DefaultValue("30d")
        Duration returnPathLife,

        @Meaning("Largest report taken.") @DefaultValue("1MB")
        DataSize largestReport) {}
