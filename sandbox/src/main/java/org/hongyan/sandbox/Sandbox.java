package org.hongyan.sandbox;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import org.hongyan.sandbox.dns.PretendDns;
import org.hongyan.sandbox.dns.PretendInternet;
import org.hongyan.sandbox.inbox.Inbox;
import org.hongyan.sandbox.provider.OperatorDoors;
import org.hongyan.sandbox.provider.Providers;

/** A running pretend internet. Thread-safe. */
public final class Sandbox implements AutoCloseable {

    private final PretendDns dns;
    private final Inbox inbox;
    private final Providers providers;

    /**
     * Starts all parts; returns when they serve.
     *
     * @param clock for receipt times, greylisting, rates and signatures
     * @throws java.io.UncheckedIOException when a port cannot be opened or the folder not be used; nothing runs then
     * @throws IllegalStateException when a kept file cannot be understood; the message names file and line
     */
    public static Sandbox start(SandboxSettings settings, Clock clock) {
        return new Sandbox(settings, clock);
    }

    private Sandbox(SandboxSettings settings, Clock clock) {
        Path folder = settings.folder();
        this.inbox = new Inbox(folder.resolve("inbox"), settings.mostMails());
        this.dns = PretendDns.start(
                settings.ports().dns(), folder.resolve("records.zone"), PretendInternet.records(settings.names()));
        try {
            this.providers = Providers.start(
                    new Providers.Settings(
                            settings.ports().smtp(),
                            settings.ports().startTls(),
                            folder.resolve("behaviours.txt"),
                            settings.names(),
                            settings.doors()),
                    dns,
                    inbox,
                    clock);
        } catch (RuntimeException failed) {
            dns.close();
            throw failed;
        }
    }

    /** The name service. */
    public PretendDns dns() {
        return dns;
    }

    /** What arrived. */
    public Inbox inbox() {
        return inbox;
    }

    /** The receiving mail servers. */
    public Providers providers() {
        return providers;
    }

    /** Port of the receiving mail servers, which stands for port 25 of every host in the pretend internet. */
    public int smtpPort() {
        return providers.address().getPort();
    }

    /** Where the name service listens, on UDP and TCP. */
    public InetSocketAddress dnsAddress() {
        return dns.address();
    }

    /** Tells where the service under test listens, once it does: reports, opens and clicks go there. */
    public void operatorAt(OperatorDoors doors) {
        providers.operatorAt(doors);
    }

    /** Stops to serve; all that was published, set and received is kept. */
    @Override
    public void close() {
        providers.close();
        dns.close();
    }
}
