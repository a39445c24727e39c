package org.hongyan.server.feedback;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpServer;
import org.hongyan.mail.smtp.SmtpServerHandler;
import org.hongyan.mail.smtp.SmtpServerLimits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The bounce port. It takes mail for our own signed return paths and for nothing else, so it can be no open relay and no
 * target for made-up bounces; and it never answers with a mail of its own.
 */
@Component
public class ReturnPathListener implements SmartLifecycle {

    /** After the parts that write down what comes in. */
    static final int PHASE = 400;

    private static final Logger LOG = LoggerFactory.getLogger(ReturnPathListener.class);

    private final ReturnPaths returnPaths;
    private final ReportHandler handler;
    private final FeedbackProperties properties;
    private @Nullable SmtpServer server;

    ReturnPathListener(ReturnPaths returnPaths, ReportHandler handler, FeedbackProperties properties) {
        this.returnPaths = returnPaths;
        this.handler = handler;
        this.properties = properties;
    }

    /** The port that is open; 0 when this node does not listen or has not started. */
    public synchronized int port() {
        return server == null ? 0 : server.port(0);
    }

    @Override
    public synchronized void start() {
        if (!properties.enabled() || server != null) {
            return;
        }
        server = SmtpServer.builder(new Reports())
                .hostName(properties.hostName())
                .listen(new InetSocketAddress(properties.host(), properties.port()), SmtpServer.Mode.PLAIN)
                .extensions(EnumSet.complementOf(EnumSet.of(SmtpServer.Extension.AUTH, SmtpServer.Extension.STARTTLS)))
                .limits(limits())
                .start();
        LOG.info("Bounces and complaints are taken at {}:{}", properties.host(), port());
    }

    private SmtpServerLimits limits() {
        SmtpServerLimits standard = SmtpServerLimits.defaults();
        SmtpServerLimits.Content content = standard.content();
        return new SmtpServerLimits(
                new SmtpServerLimits.Content(
                        (int) Math.min(
                                Integer.MAX_VALUE, properties.largestReport().toBytes()),
                        content.textLineBytes(),
                        content.headerFieldBytes(),
                        content.headerBlockBytes(),
                        content.headerFields(),
                        content.hops()),
                standard.commands(),
                standard.times(),
                standard.connections());
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
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

    private final class Reports implements SmtpServerHandler {

        @Override
        public Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters) {
            return Reply.of(250, "2.1.0", "Go on");
        }

        @Override
        public Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters) {
            return returnPaths.origin(recipient).isPresent()
                    ? Reply.of(250, "2.1.5", "Go on")
                    : Reply.of(550, "5.1.1", "No such address here");
        }

        @Override
        public Reply data(Delivery delivery) {
            Report report =
                    ReportReader.read(delivery.content(), delivery.returnPath() instanceof ReversePath.NullPath);
            try {
                for (EmailAddress recipient : delivery.recipients()) {
                    ReportHandler.Result result = returnPaths
                            .origin(recipient)
                            .map(origin -> handler.handle(origin, report))
                            .orElse(ReportHandler.Result.TAKEN);
                    if (result == ReportHandler.Result.TOO_EARLY) {
                        return Reply.of(451, "4.3.2", "Too early, come again");
                    }
                }
                return Reply.of(250, "2.0.0", "Taken");
            } catch (DataAccessException | TransactionException databaseAway) {
                LOG.debug("A report could not be written down", databaseAway);
                return Reply.of(451, "4.3.0", "Come again later");
            }
        }
    }
}
