package org.hongyan.server.dns;

import java.time.Clock;
import org.hongyan.mail.dns.AuthoritativeDns;
import org.hongyan.mail.dns.DnsJavaResolver;
import org.hongyan.mail.dns.DnsResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two ways of asking, as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DnsProperties.class)
class DnsConfiguration {

    /** Through recursive servers with a cache: for delivery and everything that is asked once a mail. */
    @Bean
    DnsResolver dnsResolver(DnsProperties settings, Clock clock) {
        return new DnsJavaResolver(settings.settings(), clock);
    }

    /** Past all caches: for what a person has just changed. */
    @Bean
    AuthoritativeDns authoritativeDns(DnsProperties settings, Clock clock) {
        return new AuthoritativeDns(settings.settings(), settings.authoritativePort(), clock);
    }
}
