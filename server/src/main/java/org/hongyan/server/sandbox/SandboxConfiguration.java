package org.hongyan.server.sandbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.SandboxSettings;
import org.hongyan.sandbox.provider.OperatorDoors;
import org.hongyan.server.store.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SandboxProperties.class)
class SandboxConfiguration {

    /** Stopped after delivery, which is a lifecycle of its own and ends before beans are closed. */
    @Bean
    @Profile("sandbox")
    Sandbox sandbox(SandboxProperties settings, DataFolder folder, Environment environment, Clock clock) {
        return Sandbox.start(
                SandboxSettings.in(folder.resolve("sandbox"))
                        .with(new SandboxSettings.Ports(
                                loopback(settings.dnsPort()), loopback(settings.smtpPort()), settings.startTls()))
                        .with(new OperatorDoors(
                                loopback(port(environment, "hongyan.feedback.port", 2525)),
                                loopback(port(environment, "hongyan.web.port", 8080))))
                        .keeping(settings.mostMails()),
                clock);
    }

    private static int port(Environment environment, String name, int standard) {
        return environment.getProperty(name, Integer.class, standard);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
