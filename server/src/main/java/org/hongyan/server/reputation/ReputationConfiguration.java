package org.hongyan.server.reputation;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what Spring cannot make by itself. */
@Configuration(proxyBeanMethods = false)
class ReputationConfiguration {

    @Bean
    LevelRules levelRules() {
        return LevelRules.standard();
    }
}
