package org.hongyan.server.smtp;

import java.util.concurrent.locks.LockSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the door takes from the machine it runs on. */
@Configuration(proxyBeanMethods = false)
class SmtpConfiguration {

    @Bean
    SmtpLogin.Pause loginPause() {
        return time -> LockSupport.parkNanos(time.toNanos());
    }
}
