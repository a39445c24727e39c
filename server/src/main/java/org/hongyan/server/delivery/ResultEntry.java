package org.hongyan.server.delivery;

import java.util.List;
import org.hongyan.server.event.MailEvent;
import org.hongyan.server.queue.Settlement;
import org.hongyan.server.reputation.TallyMark;

/**
 * All that one result changes.
 *
 * @param placeGivenBack whether the recipient was never attempted, so that its place in the day's quota is free again
 * @param hardBounce whether the address is not to be mailed for a while
 */
record ResultEntry(
        Settlement settlement, MailEvent event, List<TallyMark> marks, boolean placeGivenBack, boolean hardBounce) {}
