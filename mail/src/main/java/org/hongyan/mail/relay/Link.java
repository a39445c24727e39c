package org.hongyan.mail.relay;

import org.hongyan.mail.relay.DeliveryOutcome.Attempt;
import org.hongyan.mail.smtp.SmtpConnection;

/** An open connection together with the host it was opened for. */
final class Link {

    private final SmtpConnection connection;
    private final Destination.Target target;
    private boolean served;

    Link(SmtpConnection connection, Destination.Target target, boolean served) {
        this.connection = connection;
        this.target = target;
        this.served = served;
    }

    SmtpConnection connection() {
        return connection;
    }

    Destination.Target target() {
        return target;
    }

    /** Whether it has carried a mail before, so that a break says nothing about the host. */
    boolean served() {
        return served;
    }

    void used() {
        served = true;
    }

    Attempt attempt(String reply, boolean replied) {
        return new Attempt(
                target.host(),
                connection.address().getHostAddress(),
                connection.tls().orElse(null),
                reply,
                replied);
    }
}
