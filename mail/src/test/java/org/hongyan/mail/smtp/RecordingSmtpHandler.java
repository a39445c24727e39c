package org.hongyan.mail.smtp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;

/**
 * Accepts what comes and keeps it, but for a few addresses that have a behaviour: {@code unknown@}, {@code later@}, {@code broken@},
 * {@code bye@} and {@code vanish@}. The account is {@code zhang@example.com} with the password {@code 口令 secret}.
 */
final class RecordingSmtpHandler implements SmtpServerHandler {

    static final String USER = "zhang@example.com";
    static final String PASSWORD = "口令 secret";

    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    final List<RcptParameters> rcptParameters = new CopyOnWriteArrayList<>();
    final List<Peer> ended = new CopyOnWriteArrayList<>();

    @Override
    public Login authenticate(Peer peer, String user, String password) {
        return user.equals(USER) && password.equals(PASSWORD)
                ? new Login.Granted(user)
                : new Login.Denied(Reply.of(535, "5.7.8", "No such account"));
    }

    @Override
    public Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters) {
        return behave(peer, returnPath.toString());
    }

    @Override
    public Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters) {
        rcptParameters.add(parameters);
        return behave(peer, recipient.toString());
    }

    @Override
    public Reply data(Delivery delivery) {
        deliveries.add(delivery);
        return Reply.of(250, "2.0.0", "Kept as " + deliveries.size());
    }

    @Override
    public void disconnected(Peer peer) {
        ended.add(peer);
    }

    private static Reply behave(Peer peer, String address) {
        return switch (address.substring(0, Math.max(0, address.indexOf('@')))) {
            case "unknown" -> Reply.of(550, "5.1.1", "No such mailbox");
            case "later" -> Reply.of(451, "4.7.1", "Try again later");
            case "broken" -> throw new IllegalStateException("a bug\r\nwith lines");
            case "odd" -> Reply.of(354, "Nonsense");
            case "bye" -> Reply.of(421, "4.3.2", "Going away");
            case "vanish" -> {
                peer.hangUp();
                yield Reply.of(250, "never seen");
            }
            default -> Reply.of(250, "2.1.0", "OK");
        };
    }
}
