package org.hongyan.server.reputation;

import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Levels and standings of sending domains. Thread-safe. */
@Service
public class Reputation {

    /** Gives a newly verified domain its starting level; does nothing when it has one. */
    public void begin(long domainId) {
        throw new UnsupportedOperationException();
    }

    /** Where these domains stand; one that has not begun stands at the starting level. */
    public Map<Long, DomainStanding> standings(Set<Long> domainIds) {
        throw new UnsupportedOperationException();
    }
}
