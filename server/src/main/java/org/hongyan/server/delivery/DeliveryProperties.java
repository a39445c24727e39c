package org.hongyan.server.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How mail goes out. */
@Validated
@ConfigurationProperties("hongyan.delivery")
record DeliveryProperties(
        @Meaning("Whether this node delivers mail.") @DefaultValue("true")
        boolean enabled,

        @Meaning("Most conversations with receiving hosts at once.") @DefaultValue("1000") @Min(1) @Max(20_000)
        int concurrency,

        @Meaning("How long running attempts may go on when the service stops.") @DefaultValue("20s")
        Duration stopWithin,

        @Meaning("Name said in EHLO; the address of this host should point back to it.")
        @DefaultValue("localhost.localdomain")
        String heloName,

        @Meaning("Port of the receiving hosts; other than 25 only in a sandbox.")
        @DefaultValue("25")
        @Min(1)
        @Max(65535)
        int remotePort,

        @Meaning("Routes other than MX, as domain=host:port; .domain for all below it, * for the rest. Commas between.")
        @DefaultValue("")
        String routes,

        @Meaning("Networks of special use (loopback, private …) that MX hosts may be in, in CIDR form.")
        @DefaultValue({})
        List<String> allowedNetworks,

        @Meaning("File of limits by receiving provider; empty for the one that comes with Hongyan.") @DefaultValue("")
        String shapingFile,

        @Meaning("How long results are gathered before they are written.") @DefaultValue("10ms")
        Duration gather,

        @Meaning("Most results written in one transaction.") @DefaultValue("500") @Min(1) @Max(5000)
        int gatherMost) {

    /** Copies the list. */
    DeliveryProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
