package org.hongyan.server.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waiting recipients of one destination, taken in turn from the accounts, and within an account in turn from its
 * sending domains; in due order within a domain. An account with a million waiting mails so costs another's single mail
 * one turn. Not thread-safe.
 */
final class FairQueue {

    /** A linked map is the ring: its first entry has the turn, and goes to the end after it. */
    private final LinkedHashMap<Long, LinkedHashMap<Long, ArrayDeque<QueuedRecipient>>> accounts =
            new LinkedHashMap<>();

    private int size;

    int size() {
        return size;
    }

    void addLast(QueuedRecipient recipient) {
        lane(recipient).addLast(recipient);
        size++;
    }

    void addFirst(QueuedRecipient recipient) {
        lane(recipient).addFirst(recipient);
        size++;
    }

    private ArrayDeque<QueuedRecipient> lane(QueuedRecipient recipient) {
        return accounts.computeIfAbsent(recipient.account().value(), id -> new LinkedHashMap<>())
                .computeIfAbsent(recipient.domainId(), id -> new ArrayDeque<>());
    }

    /**
     * The next recipient, with those waiting right behind it for the same message when {@code most} allows; empty when
     * nothing waits.
     */
    List<QueuedRecipient> poll(int most) {
        Map.@Nullable Entry<Long, LinkedHashMap<Long, ArrayDeque<QueuedRecipient>>> account = accounts.pollFirstEntry();
        if (account == null) {
            return List.of();
        }
        Map.Entry<Long, ArrayDeque<QueuedRecipient>> domain = account.getValue().pollFirstEntry();
        ArrayDeque<QueuedRecipient> lane = domain.getValue();
        List<QueuedRecipient> taken = new ArrayList<>(1);
        QueuedRecipient first = lane.removeFirst();
        taken.add(first);
        if (!first.message().personal()) {
            while (taken.size() < most
                    && !lane.isEmpty()
                    && lane.peekFirst().message().id() == first.message().id()) {
                taken.add(lane.removeFirst());
            }
        }
        size -= taken.size();
        if (!lane.isEmpty()) {
            account.getValue().put(domain.getKey(), lane);
        }
        if (!account.getValue().isEmpty()) {
            accounts.put(account.getKey(), account.getValue());
        }
        return taken;
    }

    /** Takes out all that match. */
    List<QueuedRecipient> remove(Predicate<QueuedRecipient> which) {
        List<QueuedRecipient> removed = new ArrayList<>();
        Iterator<LinkedHashMap<Long, ArrayDeque<QueuedRecipient>>> rings =
                accounts.values().iterator();
        while (rings.hasNext()) {
            LinkedHashMap<Long, ArrayDeque<QueuedRecipient>> ring = rings.next();
            ring.values().removeIf(lane -> {
                lane.removeIf(recipient -> {
                    boolean matches = which.test(recipient);
                    if (matches) {
                        removed.add(recipient);
                    }
                    return matches;
                });
                return lane.isEmpty();
            });
            if (ring.isEmpty()) {
                rings.remove();
            }
        }
        size -= removed.size();
        return removed;
    }
}
