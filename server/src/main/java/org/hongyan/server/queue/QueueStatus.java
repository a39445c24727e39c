package org.hongyan.server.queue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.event.MessageId;
import org.springframework.stereotype.Service;

/** What waits right now, for people. Counts rows, so it is not for hot paths. Thread-safe. */
@Service
public class QueueStatus {

    /**
     * What waits of one sending domain.
     *
     * @param fresh never tried yet
     * @param deferred tried and waiting for the next attempt
     * @param earliestDue of both
     */
    public record Waiting(long domainId, long fresh, long deferred, Instant earliestDue) {}

    /** One deferred recipient with the answer that deferred it. */
    public record Deferred(
            long domainId, MessageId messageId, EmailAddress recipient, int attempts, Instant due, String lastReply) {}

    private final QueueRepository repository;

    QueueStatus(QueueRepository repository) {
        this.repository = repository;
    }

    /** What waits of these domains; a domain with nothing is left out. */
    public List<Waiting> waiting(Set<Long> domainIds) {
        return repository.waiting(domainIds);
    }

    /** What waits of all accounts; for the operator. */
    public List<Waiting> waitingOfAll() {
        return repository.waiting(null);
    }

    /** Deferred recipients of these domains, those due first. */
    public List<Deferred> deferred(Set<Long> domainIds, int limit) {
        return repository.deferred(domainIds, limit);
    }
}
