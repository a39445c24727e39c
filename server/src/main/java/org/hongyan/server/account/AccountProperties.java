package org.hongyan.server.account;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How accounts and their people are let in. */
@Validated
@ConfigurationProperties("hongyan.account")
record AccountProperties(
        @Meaning("Whether a new account may use the service at once, without a confirmed real name.")
        @DefaultValue("false")
        boolean activateAtOnce,

        @Meaning("How many API keys an account may have at a time.") @DefaultValue("10") @Min(1) @Max(1000)
        int apiKeys,

        @Meaning("How many bad passwords for one login name from one address lock both for a while.")
        @DefaultValue("10")
        @Min(3)
        @Max(100)
        int badPasswords,

        @Meaning("How many bad passwords from one address, whatever the login names, lock that address for a while.")
        @DefaultValue("50")
        @Min(3)
        @Max(10000)
        int badPasswordsPerAddress,

        @Meaning("How long that lock lasts after the last bad password.") @DefaultValue("15m")
        Duration lockTime,

        @Meaning("How long a console session lives without a click.") @DefaultValue("12h")
        Duration sessionIdle,

        @Meaning("How long a console session lives in all.") @DefaultValue("7d")
        Duration sessionLife) {}
