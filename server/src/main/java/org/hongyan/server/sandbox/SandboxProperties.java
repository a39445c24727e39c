package org.hongyan.server.sandbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** The pretend internet of {@code bin/hongyan sandbox}; nothing of it matters to {@code serve}. */
@Validated
@ConfigurationProperties("hongyan.sandbox")
record SandboxProperties(
        @Meaning("Sandbox only: the port of its DNS on 127.0.0.1, UDP and TCP. The flag --dns sets it.")
        @DefaultValue("5354")
        @Min(0)
        @Max(65535)
        int dnsPort,

        @Meaning("Sandbox only: the port of its receiving mail servers, which stands for port 25 of all of them.")
        @DefaultValue("2526")
        @Min(0)
        @Max(65535)
        int smtpPort,

        @Meaning("Sandbox only: whether the receiving mail servers offer STARTTLS.") @DefaultValue("true")
        boolean startTls,

        @Meaning("Sandbox only: how many received mails the inbox keeps.") @DefaultValue("10000") @Min(1)
        int mostMails) {}
