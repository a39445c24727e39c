package org.hongyan.server.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Where HTTP is served. {@code application.yaml} hands the values on to Spring's own names. */
@Validated
@ConfigurationProperties("hongyan.web")
record WebProperties(
        @Meaning("The address that console and API listen on; 0.0.0.0 for all.") @DefaultValue("127.0.0.1")
        String address,

        @Meaning("Their port. The flag --http sets it.") @DefaultValue("8080") @Min(0) @Max(65535)
        int port,

        @Meaning("none, or native behind a reverse proxy that sets X-Forwarded-For and X-Forwarded-Proto itself.")
        @DefaultValue("none")
        Forwarded forwarded) {

    /** Whether headers of a reverse proxy are believed; anybody can send them where there is none. */
    enum Forwarded {
        NONE,
        NATIVE
    }
}
