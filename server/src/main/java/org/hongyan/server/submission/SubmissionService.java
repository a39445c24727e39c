package org.hongyan.server.submission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.suppression.Addressee;
import org.hongyan.server.suppression.SuppressionList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/** The one gate. Thread-safe; meant to be called by many virtual threads at once, which it commits in groups. */
@Service
public class SubmissionService {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionService.class);

    private final SubmissionCheck check;
    private final AccountPace pace;
    private final GroupCommit commits;
    private final SuppressionList suppressions;

    SubmissionService(SubmissionCheck check, AccountPace pace, GroupCommit commits, SuppressionList suppressions) {
        this.check = check;
        this.pace = pace;
        this.commits = commits;
        this.suppressions = suppressions;
    }

    /** Checks and stores a mail; returns after the commit. Never throws for bad input or a slow database. */
    public Acceptance accept(Submission submission) {
        try {
            return switch (check.check(submission)) {
                case Outcome.Refused<CheckedMail>(Refusal refusal) -> new Acceptance.Refused(refusal);
                case Outcome.Done<CheckedMail>(CheckedMail mail) -> {
                    Optional<Refusal> tooFast = pace.take(submission.account(), submission.via());
                    yield tooFast.isPresent() ? new Acceptance.Refused(tooFast.get()) : commits.store(mail);
                }
            };
        } catch (DataAccessException databaseAway) {
            LOG.debug("A submission could not be checked", databaseAway);
            return new Acceptance.Refused(new Refusal.TemporarilyUnavailable("database"));
        }
    }

    /** All checks of {@link #accept} that need no place in the queue, for forms; empty when it would pass. */
    public Optional<Refusal> check(Submission submission) {
        return switch (check.check(submission)) {
            case Outcome.Refused<CheckedMail>(Refusal refusal) -> Optional.of(refusal);
            case Outcome.Done<CheckedMail>(CheckedMail mail) -> obstacle(mail);
        };
    }

    private Optional<Refusal> obstacle(CheckedMail mail) {
        List<Addressee> addressees = mail.addressees();
        Map<Addressee, SuppressionList.Obstacle> obstacles = suppressions.obstacles(addressees);
        return addressees.stream()
                .filter(obstacles::containsKey)
                .findFirst()
                .map(addressee -> Obstacles.refusal(addressee, obstacles));
    }
}
