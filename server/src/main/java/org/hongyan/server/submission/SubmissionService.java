package org.hongyan.server.submission;

import org.springframework.stereotype.Service;

/** The one gate. Thread-safe; meant to be called by many virtual threads at once, which it commits in groups. */
@Service
public class SubmissionService {

    /** Checks and stores a mail; returns after the commit. Never throws for bad input or a slow database. */
    public Acceptance accept(Submission submission) {
        throw new UnsupportedOperationException();
    }

    /** All checks of {@link #accept} that need no place in the queue, for forms; empty when it would pass. */
    public java.util.Optional<org.hongyan.server.refusal.Refusal> check(Submission submission) {
        throw new UnsupportedOperationException();
    }
}
