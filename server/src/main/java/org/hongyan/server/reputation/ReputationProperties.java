package org.hongyan.server.reputation;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.ZoneId;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How much a domain may send. */
@Validated
@ConfigurationProperties("hongyan.reputation")
record ReputationProperties(
        @Meaning("The level at which a newly verified domain starts.") @DefaultValue("1") @Min(0) @Max(20)
        int startingLevel,

        @Meaning("The time zone whose midnight ends the sending day.") @DefaultValue("Asia/Shanghai")
        ZoneId zone) {}
