package org.hongyan.server.submission;

import org.hongyan.server.event.EventLog;
import org.hongyan.server.queue.DeliveryQueue;
import org.hongyan.server.reputation.SendingQuota;
import org.hongyan.server.suppression.SuppressionList;
import org.springframework.stereotype.Component;

/** Brings the rooms together that one commit writes to. */
@Component
record CommitRooms(
        SubmissionRepository repository,
        SuppressionList suppressions,
        EventLog events,
        SendingQuota quota,
        DeliveryQueue queue) {}
