package org.hongyan.sandbox.provider;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.smtp.SmtpServer;
import org.hongyan.mail.smtp.SmtpServerLimits;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.dns.OperatorNames;
import org.hongyan.sandbox.dns.PretendDns;
import org.hongyan.sandbox.inbox.Inbox;
import org.hongyan.sandbox.verdict.ReceivingChecks;

/**
 * The receiving mail servers of the pretend internet: one SMTP port that answers for every mailbox provider. What it
 * does with a recipient follows from {@link #setBehaviour}, else from the recipient's local part, else from its domain;
 * docs/sandbox.md has the table. Thread-safe.
 */
public final class Providers implements AutoCloseable {

    /**
     * Where the servers listen and what they know of the operator.
     *
     * @param address of the SMTP port; port 0 takes any
     * @param startTls whether STARTTLS is offered, with a certificate that vouches for itself
     * @param behaviours file in which set behaviours are kept
     * @param names the operator's host names
     * @param doors the service's ports, if they are known yet
     */
    public record Settings(
            InetSocketAddress address, boolean startTls, Path behaviours, OperatorNames names, OperatorDoors doors) {}

    private final BehaviourBook behaviours;
    private final Reactions reactions;
    private final ProviderHandler handler;
    private final SmtpServer server;
    private final InetSocketAddress address;

    /**
     * Begins to take mail.
     *
     * @throws java.io.UncheckedIOException when the port cannot be opened
     * @throws IllegalStateException when the file of behaviours cannot be understood
     */
    public static Providers start(Settings settings, PretendDns dns, Inbox inbox, Clock clock) {
        return new Providers(settings, dns, inbox, clock);
    }

    private Providers(Settings settings, PretendDns dns, Inbox inbox, Clock clock) {
        DnsResolver resolver = dns.resolver();
        this.behaviours = new BehaviourBook(settings.behaviours());
        this.reactions = new Reactions(resolver, settings.names(), settings.doors(), clock);
        this.handler = new ProviderHandler(
                behaviours, new Patience(clock), inbox, new ReceivingChecks(resolver), reactions, clock);
        SmtpServer.Builder builder = SmtpServer.builder(handler)
                .hostName("mx.sandbox.test")
                .limits(limits())
                .listen(settings.address(), settings.startTls() ? SmtpServer.Mode.STARTTLS : SmtpServer.Mode.PLAIN);
        if (settings.startTls()) {
            SSLContext context = SelfSignedTls.context(certificateNames(dns), clock.instant());
            builder.tls(() -> context);
        }
        this.server = builder.start();
        this.address = new InetSocketAddress(settings.address().getAddress(), server.port(0));
    }

    /** Where the servers listen. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Lays down what happens to mail for certain recipients, until it is cleared, restarts included.
     *
     * @param pattern an address in which {@code *} stands for anything, a domain, or {@code *}; of several that fit, the
     *     one with the most letters counts
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public void setBehaviour(String pattern, Behaviour behaviour) {
        behaviours.set(pattern, behaviour);
    }

    /** Takes back {@link #setBehaviour}; false when nothing was set for that pattern. */
    public boolean clearBehaviour(String pattern) {
        return behaviours.clear(pattern);
    }

    /** Takes back all that was set. */
    public void clearBehaviours() {
        behaviours.clear();
    }

    /** What was set, by pattern in its full form such as {@code *@qq.com}. */
    public Map<String, Behaviour> behaviours() {
        return behaviours.all();
    }

    /** What would happen to mail for this recipient now. */
    public Behaviour behaviourFor(EmailAddress recipient) {
        return behaviours.choose(recipient).behaviour();
    }

    /** Tells where the service listens, once it does: reports, opens and clicks go there. */
    public void operatorAt(OperatorDoors doors) {
        reactions.operatorAt(doors);
    }

    /** The last thousand tries to deliver, oldest first. */
    public List<Attempt> recentAttempts() {
        return handler.recentAttempts();
    }

    /** The last thousand reactions that were carried out, oldest first. */
    public List<Reaction> recentReactions() {
        return reactions.recent();
    }

    /** How many reactions are planned or under way. */
    public long waitingReactions() {
        return reactions.waiting();
    }

    /** How many connections are open now. */
    public int connections() {
        return server.connections();
    }

    @Override
    public void close() {
        server.close();
        reactions.close();
    }

    /** Wider than a real server's, so that what is on trial is the behaviour that was asked for and nothing else. */
    private static SmtpServerLimits limits() {
        SmtpServerLimits limits = SmtpServerLimits.defaults()
                .withMessageBytes(50 * 1024 * 1024)
                .withTextLineBytes(100_000)
                .withConnections(10_000, 10_000);
        SmtpServerLimits.Commands commands = limits.commands();
        SmtpServerLimits.Times times = limits.times();
        return limits.with(new SmtpServerLimits.Commands(
                        commands.recipients(),
                        commands.commandLineBytes(),
                        commands.authLineBytes(),
                        1_000_000,
                        1_000_000,
                        commands.authFailures()))
                .with(new SmtpServerLimits.Times(
                        times.idle(),
                        times.idleUnderStress(),
                        times.handshake(),
                        times.transaction(),
                        times.slowestContent(),
                        times.rateGrace(),
                        Duration.ofSeconds(2)));
    }

    private static Set<String> certificateNames(PretendDns dns) {
        Set<String> names = new LinkedHashSet<>();
        names.add("mx.sandbox.test");
        names.add("*.test");
        for (DnsRecord record : dns.builtInRecords()) {
            String host = record.value().substring(record.value().indexOf(' ') + 1);
            if (record.type() == DnsRecord.Type.MX && host.length() > 1) {
                names.add(host.substring(0, host.length() - 1));
            }
        }
        return names;
    }
}
