package org.hongyan.server.smtp;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import org.hongyan.mail.smtp.SmtpServer;
import org.hongyan.mail.smtp.SmtpServerLimits;
import org.hongyan.server.store.DataFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens the submission ports once the gate is open, and closes them before it. */
@Component
final class SubmissionListener implements SmartLifecycle {

    /** Behind the gate, which is at 300: what is begun here must find it open. */
    private static final int PHASE = 400;

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionListener.class);

    private final SmtpProperties settings;
    private final SubmissionHandler handler;
    private final TrustedNetworks networks;
    private final DataFolder folder;
    private final Clock clock;
    private @Nullable SmtpServer server;

    SubmissionListener(
            SmtpProperties settings,
            SubmissionHandler handler,
            TrustedNetworks networks,
            DataFolder folder,
            Clock clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.handler = handler;
        this.networks = networks;
        this.folder = folder;
        this.clock = clock;
        Gauge.builder("hongyan.smtp.connections", this, SubmissionListener::connections)
                .register(meters);
    }

    @Override
    public synchronized void start() {
        if (!settings.enabled() || server != null) {
            return;
        }
        SmtpServer.Builder builder = SmtpServer.builder(handler)
                .hostName(settings.hostName())
                .listen(at(settings.submissionPort()), SmtpServer.Mode.STARTTLS)
                .listen(at(settings.submissionsPort()), SmtpServer.Mode.IMPLICIT_TLS)
                .extensions(EnumSet.allOf(SmtpServer.Extension.class))
                .tls(certificates())
                .authWithoutTls(peer ->
                        settings.authInClearOnLoopback() && peer.address().isLoopbackAddress())
                .uncounted(networks::hold)
                .limits(limits());
        settings.furtherPorts().forEach(port -> builder.listen(at(port), SmtpServer.Mode.STARTTLS));
        SmtpServer started = builder.start();
        server = started;
        LOG.info("Mail is taken on ports {} (STARTTLS) and {} (TLS)", started.port(0), started.port(1));
    }

    private Certificates certificates() {
        if (!settings.certificateFile().isEmpty()) {
            return new Certificates(Path.of(settings.certificateFile()), Path.of(settings.keyFile()));
        }
        SelfMadeCertificate.provide(folder, settings.hostName(), clock.instant());
        return new Certificates(folder.resolve(SelfMadeCertificate.CHAIN), folder.resolve(SelfMadeCertificate.KEY));
    }

    private SmtpServerLimits limits() {
        SmtpServerLimits limits = SmtpServerLimits.defaults()
                .withMessageBytes(Math.toIntExact(settings.largestMessage().toBytes()))
                .withTextLineBytes(settings.longestLine())
                .withConnections(settings.connections(), settings.connectionsPerAddress());
        SmtpServerLimits.Times times = limits.times();
        return limits.with(new SmtpServerLimits.Times(
                times.idle(),
                times.idleUnderStress(),
                times.handshake(),
                times.transaction(),
                times.slowestContent(),
                times.rateGrace(),
                settings.stopWithin()));
    }

    private InetSocketAddress at(int port) {
        return new InetSocketAddress(settings.host(), port);
    }

    /** The port with STARTTLS that is open now. */
    synchronized int submissionPort() {
        return running().port(0);
    }

    /** The port with TLS that is open now. */
    synchronized int submissionsPort() {
        return running().port(1);
    }

    private SmtpServer running() {
        if (server == null) {
            throw new IllegalStateException("mail submission is not open");
        }
        return server;
    }

    private synchronized int connections() {
        return server == null ? 0 : server.connections();
    }

    @Override
    public void stop() {
        SmtpServer stopping;
        synchronized (this) {
            stopping = server;
            server = null;
        }
        if (stopping != null) {
            stopping.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
