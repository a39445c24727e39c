package org.hongyan.server.console;

import java.time.ZoneId;

/** The operator's zone, in which days begin and times are shown. */
record ConsoleZone(ZoneId id) {}
