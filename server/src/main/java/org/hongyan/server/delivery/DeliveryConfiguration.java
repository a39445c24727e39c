package org.hongyan.server.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.relay.AddressGuard;
import org.hongyan.mail.relay.Relay;
import org.hongyan.mail.relay.RelayRoutes;
import org.hongyan.mail.relay.RelaySettings;
import org.hongyan.mail.shaping.Pacer;
import org.hongyan.mail.shaping.ShapingRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets the engine up from the settings. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    Pacer pacer(DeliveryProperties properties, Clock clock) {
        ShapingRules rules = properties.shapingFile().isEmpty()
                ? ShapingRules.defaults()
                : rulesOf(Path.of(properties.shapingFile()));
        return new Pacer(rules, clock);
    }

    private static ShapingRules rulesOf(Path file) {
        try {
            return ShapingRules.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("hongyan.delivery.shaping-file cannot be read: " + file, e);
        }
    }

    @Bean(destroyMethod = "close")
    Relay relay(DeliveryProperties properties, DnsResolver dns, Pacer pacer, FailureSorter failures, Clock clock) {
        RelaySettings settings = RelaySettings.of(DomainName.parse(properties.heloName()))
                .toPort(properties.remotePort())
                .by(RelayRoutes.parse(properties.routes()))
                .guardedBy(
                        properties.allowedNetworks().isEmpty()
                                ? AddressGuard.publicOnly()
                                : AddressGuard.allowing(properties.allowedNetworks()));
        return new Relay(settings, dns, pacer, failures::isPassing, clock);
    }
}
