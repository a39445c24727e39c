package org.hongyan.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.SandboxSettings;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Points a test's service at a pretend internet of its own. */
public final class SandboxedService {

    private SandboxedService() {}

    /** A pretend internet on free ports; the caller closes it. */
    public static Sandbox sandbox() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "net-");
            return Sandbox.start(SandboxSettings.in(folder).onFreePorts(), Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the service up to live in it, without limits of rate and with short waits. */
    public static void configure(DynamicPropertyRegistry properties, Sandbox sandbox) {
        properties.add(
                "hongyan.dns.servers", () -> "127.0.0.1:" + sandbox.dnsAddress().getPort());
        properties.add(
                "hongyan.dns.authoritative-port", () -> sandbox.dnsAddress().getPort());
        properties.add("hongyan.delivery.remote-port", sandbox::smtpPort);
        properties.add("hongyan.delivery.allowed-networks", () -> "127.0.0.0/8");
        properties.add("hongyan.account.activate-at-once", () -> true);
        properties.add("hongyan.submission.account-rate", () -> 0);
        properties.add("hongyan.submission.mailbox-hourly", () -> 0);
        properties.add("hongyan.reputation.starting-level", () -> 10);
        properties.add("hongyan.queue.poll", () -> "100ms");
        properties.add("hongyan.queue.rebalance", () -> "200ms");
        properties.add("hongyan.queue.first-retry", () -> "1s");
        properties.add("hongyan.queue.longest-retry", () -> "2s");
    }
}
