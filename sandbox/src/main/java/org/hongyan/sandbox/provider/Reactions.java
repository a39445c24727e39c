package org.hongyan.sandbox.provider;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.sandbox.dns.OperatorNames;
import org.hongyan.sandbox.inbox.MailReader;
import org.hongyan.sandbox.inbox.ParsedMail;
import org.hongyan.sandbox.inbox.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people and servers do after a mail was taken. Reactions wait in memory, bounded in number and size, and end with
 * the process; a report that meets a closed door is tried again a few times.
 */
final class Reactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reactions.class);
    private static final int MOST_WAITING = 50_000;
    private static final long MOST_WAITING_OCTETS = 128L * 1024 * 1024;
    private static final int MOST_AT_ONCE = 32;
    private static final int REMEMBERED = 1_000;
    private static final int REPORT_TRIES = 5;
    private static final Duration BETWEEN_REPORT_TRIES = Duration.ofSeconds(2);

    private final ReportSender reports;
    private final WebVisitor browser;
    private final InstantSource clock;
    private final Recent<Reaction> done = new Recent<>(REMEMBERED);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong waitingOctets = new AtomicLong();
    private volatile OperatorDoors doors;

    Reactions(DnsResolver resolver, OperatorNames names, OperatorDoors doors, InstantSource clock) {
        this.reports = new ReportSender(resolver, names);
        this.browser = new WebVisitor(resolver);
        this.doors = doors;
        this.clock = clock;
    }

    void operatorAt(OperatorDoors changed) {
        doors = changed;
    }

    List<Reaction> recent() {
        return done.all();
    }

    long waiting() {
        return waiting.get();
    }

    /** Plans what the behaviour asks for, if anything. */
    void after(Behaviour behaviour, EmailAddress recipient, Receipt receipt, byte[] mail) {
        switch (behaviour) {
            case Behaviour.Open(Duration after) -> plan(after, mail, () -> open(recipient, parsed(mail)));
            case Behaviour.Click(Duration after) -> plan(after, mail, () -> click(recipient, parsed(mail)));
            case Behaviour.UnsubscribeOneClick(Duration after) ->
                plan(after, mail, () -> unsubscribe(recipient, parsed(mail)));
            case Behaviour.Complain(Duration after) ->
                plan(
                        after,
                        mail,
                        () -> report(
                                Reaction.Kind.COMPLAINT,
                                recipient,
                                receipt,
                                ReportMail.complaint(recipient, receipt, mail, clock.instant())));
            case Behaviour.BounceLater(Duration after, Reply reply) ->
                plan(
                        after,
                        mail,
                        () -> report(
                                Reaction.Kind.LATE_BOUNCE,
                                recipient,
                                receipt,
                                ReportMail.lateBounce(recipient, receipt, reply, mail, clock.instant())));
            case Behaviour.Accept none -> {}
            case Behaviour.Discard none -> {}
            case Behaviour.RejectRcpt none -> {}
            case Behaviour.RejectData none -> {}
            case Behaviour.RejectConnection none -> {}
            case Behaviour.Greylist none -> {}
            case Behaviour.Slow none -> {}
            case Behaviour.DropConnection none -> {}
            case Behaviour.RateLimit none -> {}
            case Behaviour.DeferTimes none -> {}
            case Behaviour.Mixture none -> {}
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void plan(Duration after, byte[] mail, Runnable reaction) {
        boolean full = waiting.get() >= MOST_WAITING || waitingOctets.get() + mail.length > MOST_WAITING_OCTETS;
        if (full) {
            LOG.warn("A reaction to a mail is left out: {} wait already", waiting.get());
            return;
        }
        waiting.incrementAndGet();
        waitingOctets.addAndGet(mail.length);
        threads.execute(() -> run(after, reaction, mail.length));
    }

    private void run(Duration after, Runnable reaction, int octets) {
        try {
            Thread.sleep(after);
            places.acquire();
            try {
                reaction.run();
            } finally {
                places.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("A reaction to a mail failed", bug);
        } finally {
            waiting.decrementAndGet();
            waitingOctets.addAndGet(-octets);
        }
    }

    private static ParsedMail parsed(byte[] mail) {
        return MailReader.read(mail);
    }

    private void open(EmailAddress recipient, ParsedMail mail) {
        MailLinks.images(mail).forEach(url -> note(Reaction.Kind.OPEN, recipient, url, browser.get(url, doors)));
    }

    private void click(EmailAddress recipient, ParsedMail mail) {
        open(recipient, mail);
        MailLinks.links(mail).forEach(url -> note(Reaction.Kind.CLICK, recipient, url, browser.get(url, doors)));
    }

    private void unsubscribe(EmailAddress recipient, ParsedMail mail) {
        Optional<String> url = MailLinks.oneClick(mail);
        if (url.isPresent()) {
            note(Reaction.Kind.UNSUBSCRIBE, recipient, url.get(), browser.postOneClick(url.get(), doors));
        } else {
            note(
                    Reaction.Kind.UNSUBSCRIBE,
                    recipient,
                    "",
                    new WebVisitor.Visit.Elsewhere("the mail does not offer one-click unsubscription"));
        }
    }

    private void note(Reaction.Kind kind, EmailAddress recipient, String url, WebVisitor.Visit visit) {
        done.add(
                switch (visit) {
                    case WebVisitor.Visit.Answered(int status) ->
                        new Reaction(clock.instant(), recipient, kind, url, "HTTP " + status, status < 400);
                    case WebVisitor.Visit.Elsewhere(String reason) ->
                        new Reaction(clock.instant(), recipient, kind, url, reason, false);
                    case WebVisitor.Visit.Broken(String reason) ->
                        new Reaction(clock.instant(), recipient, kind, url, reason, false);
                });
    }

    private void report(Reaction.Kind kind, EmailAddress recipient, Receipt receipt, byte[] report) {
        if (!(receipt.returnPath() instanceof ReversePath.Mailbox(EmailAddress returnPath))) {
            done.add(new Reaction(clock.instant(), recipient, kind, "", "the return path is null", false));
            return;
        }
        ReportSender.Result result = reports.send(returnPath, report, doors);
        try {
            for (int attempt = 2; attempt <= REPORT_TRIES && isWorthATry(result); attempt++) {
                Thread.sleep(BETWEEN_REPORT_TRIES);
                result = reports.send(returnPath, report, doors);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        String target = returnPath.toString();
        done.add(
                switch (result) {
                    case ReportSender.Result.Taken(String reply) ->
                        new Reaction(clock.instant(), recipient, kind, target, reply, true);
                    case ReportSender.Result.Refused(String reply) ->
                        new Reaction(clock.instant(), recipient, kind, target, reply, false);
                    case ReportSender.Result.NoDestination(String reason) ->
                        new Reaction(clock.instant(), recipient, kind, target, reason, false);
                    case ReportSender.Result.Unreachable(String reason) ->
                        new Reaction(clock.instant(), recipient, kind, target, reason, false);
                });
    }

    private static boolean isWorthATry(ReportSender.Result result) {
        return switch (result) {
            case ReportSender.Result.Taken taken -> false;
            case ReportSender.Result.Refused(String reply) -> reply.startsWith("4");
            case ReportSender.Result.NoDestination none -> false;
            case ReportSender.Result.Unreachable unreachable -> true;
        };
    }
}
