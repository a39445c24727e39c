package org.hongyan.server.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How long history is kept. */
@Validated
@ConfigurationProperties("hongyan.event")
record EventProperties(
        @Meaning("Days for which the history and the status of single mails are kept.")
        @DefaultValue("30")
        @Min(2)
        @Max(3650)
        int retentionDays) {}
