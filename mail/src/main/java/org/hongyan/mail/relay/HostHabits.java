package org.hongyan.mail.relay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers for an hour which hosts do not keep what they announce, so that each is found out once and not per mail. */
final class HostHabits {

    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MOST = 10_000;

    /** A weakness of a host. */
    enum Habit {
        /** Announces PIPELINING and loses pipelined commands. */
        LOSES_PIPELINED,
        /** Closes after a mail, so that commands written ahead are lost and may take the reply with them. */
        CLOSES_AFTER_MAIL,
        /** Its TLS does not work, and clear text is allowed. */
        BROKEN_TLS
    }

    private record Entry(String host, Habit habit) {}

    private final InstantSource clock;
    private final Map<Entry, Instant> until = new ConcurrentHashMap<>();

    HostHabits(InstantSource clock) {
        this.clock = clock;
    }

    boolean has(String host, Habit habit) {
        if (until.isEmpty()) {
            return false;
        }
        Entry entry = new Entry(host, habit);
        Instant end = until.get(entry);
        if (end == null) {
            return false;
        }
        if (clock.instant().isBefore(end)) {
            return true;
        }
        until.remove(entry, end);
        return false;
    }

    void note(String host, Habit habit) {
        Instant now = clock.instant();
        if (until.size() >= MOST) {
            until.values().removeIf(end -> !now.isBefore(end));
        }
        if (until.size() < MOST) {
            until.put(new Entry(host, habit), now.plus(MEMORY));
        }
    }
}
