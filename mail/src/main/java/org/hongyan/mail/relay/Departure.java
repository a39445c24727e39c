package org.hongyan.mail.relay;

import java.time.Instant;
import org.hongyan.mail.shaping.Admission;

/** Whether mail for a domain may leave now. */
public sealed interface Departure {

    /** Yes. The turn must be closed, whether used or not. */
    record Now(Turn turn) implements Departure {}

    /**
     * Not before that time; come back then with this mail or a later one. No thread needs to wait.
     *
     * @param provider whom it waits for: other domains of the same provider wait as well
     */
    record Later(Instant when, org.hongyan.mail.shaping.Provider provider, Admission.Reason reason)
            implements Departure {}

    /** The DNS alone has decided: this outcome holds for every recipient in that domain. */
    record Decided(DeliveryOutcome outcome) implements Departure {}
}
