package org.hongyan.server.feedback;

import java.util.List;
import java.util.Optional;

/** What came back, as far as it could be understood. */
sealed interface Report {

    /** A delivery status notification (RFC 3464). */
    record DeliveryStatus(String reportingHost, List<Failure> failures) implements Report {
        /** Copies the list. */
        public DeliveryStatus {
            failures = List.copyOf(failures);
        }
    }

    /**
     * One recipient that a host has given up.
     *
     * @param recipient as the report names it; empty when it does not
     * @param diagnostic the reply that the host got or gave, or the status code
     */
    record Failure(Optional<String> recipient, String diagnostic) {}

    /**
     * A complaint (RFC 5965).
     *
     * @param type such as {@code abuse}; lower case
     * @param recipient who complained, where the report tells
     */
    record Complaint(String type, Optional<String> recipient) implements Report {}

    /** A bounce in words alone. */
    record Words(String text) implements Report {}

    /** Nothing that we understand: an out-of-office note, a delay warning, spam. */
    record Nothing() implements Report {}
}
