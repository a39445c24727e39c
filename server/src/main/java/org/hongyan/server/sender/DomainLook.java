package org.hongyan.server.sender;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look at all records of a domain gave.
 *
 * @param askedServer a name server that answered; null when none did
 * @param nameServers those of the zone; empty when they were not learned
 */
record DomainLook(
        Map<RecordSlot, RecordJudgement> judgements,
        @Nullable String askedServer,
        List<String> nameServers) {

    /** What the records together say of the domain. */
    enum Verdict {
        /** Everything that mail needs is right. */
        RIGHT,
        /** Something is certainly wrong. */
        WRONG,
        /** Nothing is known to be wrong, yet something did not answer. */
        UNKNOWN
    }

    DomainLook {
        judgements = Map.copyOf(judgements);
        nameServers = List.copyOf(nameServers);
    }

    /** One selector that is right is enough: during a rotation the other is not published yet, or not any more. */
    Verdict verdict() {
        boolean unknown = false;
        for (RecordKind kind : RecordKind.values()) {
            List<RecordStatus> statuses = judgements.entrySet().stream()
                    .filter(entry -> entry.getKey().kind() == kind)
                    .map(entry -> entry.getValue().status())
                    .toList();
            if (statuses.contains(RecordStatus.PASS)) {
                continue;
            }
            if (!statuses.contains(RecordStatus.TIMED_OUT)) {
                return Verdict.WRONG;
            }
            unknown = true;
        }
        return unknown ? Verdict.UNKNOWN : Verdict.RIGHT;
    }
}
