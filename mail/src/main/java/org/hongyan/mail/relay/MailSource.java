package org.hongyan.mail.relay;

import java.util.List;
import java.util.Optional;

/**
 * Mails for one destination, handed over one after another on one turn. The relay pulls the next one just before it
 * writes the content of the current one, so that both leave in one write (RFC 2920 §3.1). All calls come from the
 * thread in {@link Relay#deliver}.
 */
public interface MailSource {

    /** The next mail, or empty when there is none now. Every mail given is settled, in the order given. */
    Optional<OutgoingMail> next();

    /**
     * Tells how a mail ended.
     *
     * @param outcomes one for each recipient of the envelope, in its order
     */
    void settled(OutgoingMail mail, List<DeliveryOutcome> outcomes);
}
