package org.hongyan.mail.smtp;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session says: gathers replies, asks the handler without trusting it, and ends the session when patience is over. */
final class SmtpSessionAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);

    private final SmtpServerSettings settings;
    private final SmtpSessionPeer peer;
    private final SmtpServerOutput output = new SmtpServerOutput();
    private int errors;
    private int junk;
    private int authFailures;
    private boolean ended;
    private boolean atOnce;

    SmtpSessionAnswers(SmtpServerSettings settings, SmtpSessionPeer peer) {
        this.settings = settings;
        this.peer = peer;
    }

    SmtpServerOutput output() {
        return output;
    }

    /** Whether nothing more is to be read. */
    boolean ended() {
        return ended;
    }

    /** Whether the client may still be sending, so that closing at once could destroy the last reply on its way. */
    boolean endedByUs() {
        return ended && !atOnce;
    }

    /** An answer of the engine to a command that was in order. */
    void say(Reply reply) {
        if (!ended) {
            output.add(settings.offers(SmtpServer.Extension.ENHANCED_STATUS_CODES) ? reply : withoutStatus(reply));
        }
    }

    /** An answer to a command that was not in order. */
    void refuse(Reply reply) {
        say(reply);
        countError();
    }

    /** A last answer. */
    void end(Reply reply) {
        say(reply);
        ended = true;
    }

    /** The answer to QUIT, after which the client sends nothing. */
    void goodbye() {
        end(SmtpServerReplies.goodbye(settings.hostName()));
        atOnce = true;
    }

    /** A command that carries no mail. Returns false when it was one too many, which has been answered then. */
    boolean countJunk() {
        if (++junk > settings.limits().commands().junkCommands()) {
            end(SmtpServerReplies.TOO_MANY_COMMANDS);
            return false;
        }
        return true;
    }

    void authFailed(Reply reply) {
        output.add(reply);
        if (reply.code() == 421) {
            ended = true;
        } else if (++authFailures >= settings.limits().commands().authFailures()) {
            end(SmtpServerReplies.TOO_MANY_AUTH_FAILURES);
        } else {
            countError();
        }
    }

    /** A message was accepted: patience starts anew, in full for those who have signed in. */
    void messageAccepted() {
        junk = 0;
        if (peer.identity() != null) {
            errors = 0;
        }
    }

    /**
     * Asks the handler and passes its reply on.
     *
     * @return whether the reply was positive and the session goes on
     */
    boolean ask(Supplier<Reply> question) {
        Reply reply = guarded(question, SmtpServerReplies.BROKEN);
        if (hungUp()) {
            return false;
        }
        if (reply.isIntermediate()) {
            LOG.error("The SMTP handler answered {} where only 2xx, 4xx and 5xx make sense", reply.code());
            reply = SmtpServerReplies.BROKEN;
        }
        output.add(reply);
        if (reply.code() == 421) {
            ended = true;
        } else if (reply.isPermanent() && peer.identity() == null) {
            // A stranger who tries one unknown address after another is guessing; a customer's list may hold any
            // number.
            countError();
        }
        return reply.isPositive() && !ended;
    }

    /** What the handler answers, or {@code otherwise} when it fails: no peer ever sees why. */
    <T> T guarded(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | StackOverflowError failure) {
            LOG.error("The SMTP handler failed for {}", peer, failure);
            return otherwise;
        }
    }

    /** Whether the handler wants the connection gone; nothing is written then. */
    boolean hungUp() {
        if (peer.hungUp()) {
            output.clear();
            ended = true;
            atOnce = true;
        }
        return peer.hungUp();
    }

    private void countError() {
        if (!ended && ++errors >= settings.limits().commands().errors()) {
            end(SmtpServerReplies.TOO_MANY_ERRORS);
        }
    }

    private static Reply withoutStatus(Reply reply) {
        return reply.enhancedStatus()
                .map(status -> new Reply(
                        reply.code(),
                        List.of(reply.lines()
                                .getFirst()
                                .substring(status.toString().length() + 1))))
                .orElse(reply);
    }
}
