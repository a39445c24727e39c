package org.hongyan.server.smtp;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers failed logins by client network and by user name, and says who has to wait. A name is counted whether it
 * exists or not, so that a lock tells nothing. Where a name has signed in lately it is not locked by what others try
 * elsewhere: else anybody could keep a customer out. Memory is bounded: the longest unused is forgotten first.
 * Thread-safe.
 */
@Component
final class FailedLogins {

    private static final int MOST_KEPT = 50_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final Duration KNOWN_FOR = Duration.ofDays(1);

    /** Failures since {@code since}; locked from {@code most} on. */
    private record Tally(int failures, Instant since) {}

    private record Place(String name, ClientNetwork network) {}

    private final Map<ClientNetwork, Tally> byNetwork = bounded();
    private final Map<String, Tally> byName = bounded();
    private final Map<Place, Instant> signedIn = bounded();
    private final int mostPerNetwork;
    private final int mostPerName;
    private final Duration lockout;
    private final Clock clock;

    FailedLogins(SmtpProperties settings, Clock clock) {
        this.mostPerNetwork = settings.failuresPerAddress();
        this.mostPerName = settings.failuresPerName();
        this.lockout = settings.lockout();
        this.clock = clock;
    }

    /** How long this client has to wait, whoever it says it is; nothing when it need not. */
    synchronized Duration wait(InetAddress client) {
        return wait(byNetwork.get(ClientNetwork.of(client)), mostPerNetwork);
    }

    /** How long this client has to wait before it may try this name; nothing when it need not. */
    synchronized Duration wait(InetAddress client, String name) {
        Duration ofNetwork = wait(client);
        Instant known = signedIn.get(new Place(folded(name), ClientNetwork.of(client)));
        if (known != null && clock.instant().isBefore(known.plus(KNOWN_FOR))) {
            return ofNetwork;
        }
        Duration ofName = wait(byName.get(folded(name)), mostPerName);
        return ofName.compareTo(ofNetwork) > 0 ? ofName : ofNetwork;
    }

    /** Counts a failure; gives how long to hold back its answer, longer from failure to failure. */
    synchronized Duration failed(InetAddress client, String name) {
        int network = count(byNetwork, ClientNetwork.of(client));
        int ofName = count(byName, folded(name));
        int doublings = Math.min(Math.max(network, ofName) - 1, 10);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** A right password: the name starts anew. The network does not, for an attacker may have a password of his own. */
    synchronized void succeeded(InetAddress client, String name) {
        byName.remove(folded(name));
        signedIn.put(new Place(folded(name), ClientNetwork.of(client)), clock.instant());
    }

    private Duration wait(@Nullable Tally tally, int most) {
        if (tally == null || tally.failures() < most) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), tally.since().plus(lockout));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A tally that has grown old starts anew; each failure makes it young, so that a lock lasts its whole time. */
    private <K> int count(Map<K, Tally> tallies, K key) {
        Instant now = clock.instant();
        Tally old = tallies.get(key);
        boolean goesOn = old != null && now.isBefore(old.since().plus(lockout));
        Tally counted = new Tally(old != null && goesOn ? old.failures() + 1 : 1, now);
        tallies.put(key, counted);
        return counted.failures();
    }

    /** Spellings of one address are one name; what is no address stands for itself. */
    private static String folded(String name) {
        String bare = name.strip();
        return EmailAddress.tryParse(bare)
                .map(EmailAddress::comparisonKey)
                .orElseGet(() -> bare.length() > 256 ? bare.substring(0, 256) : bare);
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST_KEPT;
            }
        };
    }
}
