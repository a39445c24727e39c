package org.hongyan.server.sender;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain with what only this room needs to know of it.
 *
 * @param waits looks without a change of state since the last one by hand
 * @param askedServer name server that answered last; null before the first look
 * @param nameServers those of its zone at the last look
 */
record StoredDomain(
        SendingDomain domain, int waits, @Nullable String askedServer, List<String> nameServers) {}
