package org.hongyan.server.suppression;

import org.hongyan.server.event.EventLog;
import org.hongyan.server.reputation.DailyTallies;
import org.springframework.stereotype.Component;

/** Where an unsubscription is written down besides our own table: history and tallies, in one transaction. */
@Component
record Ledger(EventLog events, DailyTallies tallies) {}
