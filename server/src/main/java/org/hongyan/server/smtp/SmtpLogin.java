package org.hongyan.server.smtp;

import java.time.Duration;
import java.util.Optional;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpServerHandler.Login;
import org.hongyan.mail.smtp.SmtpServerHandler.Peer;
import org.hongyan.server.sender.SenderAddress;
import org.hongyan.server.sender.SenderAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signs clients in: the user name is a sender address, the password its SMTP password (RFC 4954). Wrong names and wrong
 * passwords get the same answer after the same time; each wrong one makes the next answer slower, and many lock the
 * client's network or the name out for a while. Thread-safe.
 */
@Component
final class SmtpLogin {

    /** Holds an answer back; the thread of the connection waits. */
    interface Pause {
        void last(Duration time);
    }

    private static final Logger LOG = LoggerFactory.getLogger(SmtpLogin.class);

    private static final Reply WRONG = Reply.of(
            535,
            "5.7.8",
            "User name or password is wrong: the name is a sender address, the password its SMTP password");
    private static final Reply TOO_MANY_CONNECTIONS =
            Reply.of(421, "4.7.0", "Too many connections of your account, close some or try again later");

    private final SenderAddresses senders;
    private final FailedLogins failures;
    private final AccountConnections connections;
    private final Pause pause;

    SmtpLogin(SenderAddresses senders, FailedLogins failures, AccountConnections connections, Pause pause) {
        this.senders = senders;
        this.failures = failures;
        this.connections = connections;
        this.pause = pause;
    }

    /** The refusal to even greet a client that is locked out. */
    Optional<Reply> refusal(Peer peer) {
        Duration wait = failures.wait(peer.address());
        return wait.isZero() ? Optional.empty() : Optional.of(locked(421, wait));
    }

    Login check(Peer peer, String name, String password) {
        Duration wait = failures.wait(peer.address(), name);
        if (!wait.isZero()) {
            // Said before the password is looked at, so that it tells nothing about it.
            return new Login.Denied(locked(454, wait));
        }
        Optional<SenderAddress> sender = senders.authenticate(name, password);
        if (sender.isEmpty()) {
            LOG.info("A login over SMTP from {} failed", peer.address().getHostAddress());
            pause.last(failures.failed(peer.address(), name));
            return new Login.Denied(WRONG);
        }
        failures.succeeded(peer.address(), name);
        if (!connections.take(peer, sender.get().accountId())) {
            return new Login.Denied(TOO_MANY_CONNECTIONS);
        }
        return new Login.Granted(
                new Sender(sender.get().accountId(), sender.get().address()));
    }

    void ended(Peer peer) {
        connections.ended(peer);
    }

    private static Reply locked(int code, Duration wait) {
        long minutes = Math.max(1, wait.plusSeconds(59).toMinutes());
        return Reply.of(
                code,
                "4.7.0",
                "Too many failed logins, try again in " + minutes + (minutes == 1 ? " minute" : " minutes"));
    }
}
