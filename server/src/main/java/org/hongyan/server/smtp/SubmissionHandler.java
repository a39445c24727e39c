package org.hongyan.server.smtp;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpServerHandler;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.submission.Acceptance;
import org.hongyan.server.submission.Submission;
import org.hongyan.server.submission.SubmissionService;
import org.springframework.stereotype.Component;

/** The policy of the submission ports: who may send as whom; everything else is asked at the gate. Thread-safe. */
@Component
final class SubmissionHandler implements SmtpServerHandler {

    private static final Reply SENDER_OK = Reply.of(250, "2.1.0", "OK");
    private static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "OK");
    private static final Reply SIGN_IN =
            Reply.of(530, "5.7.0", "Sign in first: STARTTLS, then AUTH with a sender address and its SMTP password");

    private final SubmissionService submissions;
    private final SmtpLogin logins;
    private final TrustedNetworks networks;
    private final SmtpProperties settings;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Submission.Unsubscribe defaultLanguage;

    SubmissionHandler(
            SubmissionService submissions,
            SmtpLogin logins,
            TrustedNetworks networks,
            SmtpProperties settings,
            Clock clock,
            MeterRegistry meters) {
        this.submissions = submissions;
        this.logins = logins;
        this.networks = networks;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.defaultLanguage =
                ControlHeaders.unsubscribe(settings.unsubscribeLanguage()).orElseThrow();
    }

    @Override
    public Optional<Reply> connected(Peer peer) {
        return networks.hold(peer.address()) ? Optional.empty() : logins.refusal(peer);
    }

    @Override
    public Login authenticate(Peer peer, String user, String password) {
        return logins.check(peer, user, password);
    }

    @Override
    public Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters) {
        Optional<Sender> sender = sender(peer);
        if (sender.isEmpty()) {
            return SIGN_IN;
        }
        boolean allowed = returnPath instanceof ReversePath.Mailbox(EmailAddress address)
                && message(sender.get()).mayBe(address);
        return allowed
                ? SENDER_OK
                : Reply.of(
                        553,
                        "5.7.1",
                        "You are signed in as " + sender.get().address() + ": say MAIL FROM:<"
                                + sender.get().address() + ">");
    }

    @Override
    public Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters) {
        return RECIPIENT_OK;
    }

    @Override
    public Reply data(Delivery delivery) {
        Optional<Sender> sender = sender(delivery.peer());
        if (sender.isEmpty()) {
            // The network was tied to an address whose domain has been deleted since MAIL.
            return SIGN_IN;
        }
        String received = ReceivedField.of(delivery, settings.hostName(), clock.instant());
        Reply reply = switch (message(sender.get()).submission(delivery, received)) {
            case Outcome.Refused<Submission>(Refusal refusal) -> RefusalReplies.of(refusal);
            case Outcome.Done<Submission>(Submission submission) -> answer(submissions.accept(submission));
        };
        String outcome = reply.isPositive() ? "accepted" : reply.isPermanent() ? "refused" : "deferred";
        meters.counter("hongyan.smtp.messages", "outcome", outcome).increment();
        return reply;
    }

    private static Reply answer(Acceptance acceptance) {
        return switch (acceptance) {
            case Acceptance.Accepted(var messageId) -> Reply.of(250, "2.0.0", "Ok: queued as " + messageId);
            case Acceptance.Refused(Refusal refusal) -> RefusalReplies.of(refusal);
        };
    }

    @Override
    public void disconnected(Peer peer) {
        logins.ended(peer);
    }

    private Optional<Sender> sender(Peer peer) {
        return peer.identity() instanceof Sender signedIn ? Optional.of(signedIn) : networks.sender(peer.address());
    }

    private SubmittedMessage message(Sender sender) {
        return new SubmittedMessage(sender, settings.wholeDomain(), defaultLanguage);
    }
}
