package org.hongyan.server.account;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@EnableScheduling
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    Passwords passwords() {
        return Passwords.slow();
    }
}
