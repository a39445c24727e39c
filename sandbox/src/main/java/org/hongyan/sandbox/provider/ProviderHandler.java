package org.hongyan.sandbox.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpServerHandler;
import org.hongyan.sandbox.inbox.Inbox;
import org.hongyan.sandbox.inbox.Receipt;
import org.hongyan.sandbox.verdict.ReceivingChecks;
import org.jspecify.annotations.Nullable;

/** Answers an SMTP client as the recipient's provider would, and keeps what it takes. */
final class ProviderHandler implements SmtpServerHandler {

    private static final Reply SENDER_TAKEN = Reply.of(250, "2.1.0", "Sender ok");
    private static final Reply RECIPIENT_TAKEN = Reply.of(250, "2.1.5", "Recipient ok");
    private static final Reply CLOSING = Reply.of(421, "4.3.2", "Closing the connection");
    private static final int ATTEMPTS_REMEMBERED = 1_000;

    private final BehaviourBook behaviours;
    private final Patience patience;
    private final Inbox inbox;
    private final ReceivingChecks checks;
    private final Reactions reactions;
    private final InstantSource clock;
    private final Recent<Attempt> attempts = new Recent<>(ATTEMPTS_REMEMBERED);

    ProviderHandler(
            BehaviourBook behaviours,
            Patience patience,
            Inbox inbox,
            ReceivingChecks checks,
            Reactions reactions,
            InstantSource clock) {
        this.behaviours = behaviours;
        this.patience = patience;
        this.inbox = inbox;
        this.checks = checks;
        this.reactions = reactions;
        this.clock = clock;
    }

    List<Attempt> recentAttempts() {
        return attempts.all();
    }

    @Override
    public Optional<Reply> connected(Peer peer) {
        Behaviour behaviour = behaviours.forEverybody().orElse(null);
        if (behaviour instanceof Behaviour.RejectConnection(Reply reply)) {
            return Optional.of(reply);
        }
        if (behaviour instanceof Behaviour.DropConnection(var stage) && stage == Behaviour.Stage.CONNECT) {
            peer.hangUp();
            return Optional.of(CLOSING);
        }
        return Optional.empty();
    }

    @Override
    public Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters) {
        boolean dropped = behaviours.forEverybody().orElse(null) instanceof Behaviour.DropConnection(var stage)
                && stage == Behaviour.Stage.MAIL;
        if (dropped) {
            peer.hangUp();
            return CLOSING;
        }
        return SENDER_TAKEN;
    }

    @Override
    public Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters) {
        Reply reply = answerRcpt(peer, returnPath, recipient);
        if (!reply.isPositive()) {
            remember(returnPath, recipient, reply.equals(CLOSING) ? "connection cut at RCPT" : reply.toString());
        }
        return reply;
    }

    private Reply answerRcpt(Peer peer, ReversePath returnPath, EmailAddress recipient) {
        BehaviourBook.Choice choice = behaviours.choose(recipient);
        ProviderStyle style = ProviderStyle.of(recipient.domain());
        return switch (choice.behaviour()) {
            case Behaviour.RejectRcpt(Reply reply) -> reply;
            case Behaviour.Greylist(Duration delay) ->
                patience.waited(returnPath, recipient, delay) ? RECIPIENT_TAKEN : style.greylisted();
            case Behaviour.RateLimit(int perSecond) ->
                patience.withinRate(choice.counter(), perSecond) ? RECIPIENT_TAKEN : style.rateLimited();
            case Behaviour.DeferTimes(int times) ->
                patience.refusedOftenEnough(returnPath, recipient, times) ? RECIPIENT_TAKEN : style.tryLater();
            case Behaviour.Slow(Duration delay) -> waitFor(delay) ? RECIPIENT_TAKEN : CLOSING;
            case Behaviour.DropConnection(Behaviour.Stage stage) -> {
                if (stage != Behaviour.Stage.RCPT) {
                    yield RECIPIENT_TAKEN;
                }
                peer.hangUp();
                yield CLOSING;
            }
            case Behaviour.Accept none -> RECIPIENT_TAKEN;
            case Behaviour.Discard none -> RECIPIENT_TAKEN;
            case Behaviour.RejectData later -> RECIPIENT_TAKEN;
            case Behaviour.RejectConnection past -> RECIPIENT_TAKEN;
            case Behaviour.Complain later -> RECIPIENT_TAKEN;
            case Behaviour.BounceLater later -> RECIPIENT_TAKEN;
            case Behaviour.Open later -> RECIPIENT_TAKEN;
            case Behaviour.Click later -> RECIPIENT_TAKEN;
            case Behaviour.UnsubscribeOneClick later -> RECIPIENT_TAKEN;
            case Behaviour.Mixture mixture -> throw new IllegalStateException("a mixture was not resolved: " + mixture);
        };
    }

    @Override
    public Reply data(Delivery delivery) {
        Reply reply = answerData(delivery);
        String answer = reply.equals(CLOSING) ? "connection cut after the content" : reply.toString();
        delivery.recipients().forEach(recipient -> remember(delivery.returnPath(), recipient, answer));
        return reply;
    }

    private Reply answerData(Delivery delivery) {
        List<EmailAddress> kept = new ArrayList<>();
        @Nullable Reply refusal = null;
        Duration delay = Duration.ZERO;
        boolean dropped = false;
        for (EmailAddress recipient : delivery.recipients()) {
            Behaviour behaviour = behaviours.choose(recipient).behaviour();
            if (behaviour instanceof Behaviour.RejectData(Reply reply)) {
                refusal = reply;
            } else if (behaviour instanceof Behaviour.Slow(Duration slowness)) {
                delay = slowness.compareTo(delay) > 0 ? slowness : delay;
            } else if (behaviour instanceof Behaviour.DropConnection(var stage)) {
                dropped |= stage == Behaviour.Stage.CONTENT;
            }
            if (!(behaviour instanceof Behaviour.Discard)) {
                kept.add(recipient);
            }
        }
        if (!waitFor(delay)) {
            return CLOSING;
        }
        if (dropped) {
            delivery.peer().hangUp();
            return CLOSING;
        }
        return refusal != null ? refusal : keep(delivery, kept);
    }

    private Reply keep(Delivery delivery, List<EmailAddress> kept) {
        Instant now = clock.instant();
        Peer peer = delivery.peer();
        String helo = peer.helloName();
        boolean countOnly = kept.isEmpty() || inbox.isCountingOnly();
        Receipt receipt = new Receipt(
                now,
                delivery.returnPath(),
                countOnly ? delivery.recipients() : kept,
                peer.address().getHostAddress(),
                helo == null ? "" : helo,
                peer.encrypted());
        String name = "unkept";
        if (countOnly) {
            inbox.count(receipt, delivery.content());
        } else {
            Message message = Message.ofCanonical(delivery.content());
            name = inbox.store(
                            receipt,
                            checks.judge(peer.address(), delivery.returnPath(), helo, message, now),
                            delivery.content())
                    .id()
                    .toString();
        }
        for (EmailAddress recipient : delivery.recipients()) {
            reactions.after(behaviours.choose(recipient).behaviour(), recipient, receipt, delivery.content());
        }
        return Reply.of(250, "2.0.0", "Ok: queued as " + name);
    }

    private void remember(ReversePath returnPath, EmailAddress recipient, String answer) {
        attempts.add(new Attempt(clock.instant(), returnPath, recipient, answer));
    }

    /** Real waiting, since the client's own time-outs are what it tries; false when the server is being stopped. */
    private static boolean waitFor(Duration delay) {
        try {
            Thread.sleep(delay);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
