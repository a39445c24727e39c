package org.hongyan.server.smtp;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.hongyan.mail.smtp.SmtpServerHandler.Peer;
import org.hongyan.server.account.AccountId;
import org.springframework.stereotype.Component;

/** Counts the connections that are signed in to each account. Thread-safe. */
@Component
final class AccountConnections {

    private final IdentityHashMap<Peer, AccountId> owners = new IdentityHashMap<>();
    private final Map<AccountId, Integer> counts = new HashMap<>();
    private final int most;

    AccountConnections(SmtpProperties settings) {
        this.most = settings.connectionsPerAccount();
    }

    /** Whether one more connection of the account is allowed; it counts until {@link #ended} then. */
    synchronized boolean take(Peer peer, AccountId account) {
        // Signed in before STARTTLS: the handshake made the client forget it, the count must not be taken twice.
        ended(peer);
        int count = counts.getOrDefault(account, 0);
        if (count >= most) {
            return false;
        }
        counts.put(account, count + 1);
        owners.put(peer, account);
        return true;
    }

    synchronized void ended(Peer peer) {
        AccountId account = owners.remove(peer);
        if (account != null) {
            counts.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1);
        }
    }
}
