package org.hongyan.server.queue;

import java.util.ArrayList;
import java.util.List;

/**
 * Mails on their way into the queue, between the begin and the end of the transaction that stores them. Made by
 * {@link DeliveryQueue#prepare} and ended by either {@link DeliveryQueue#committed} or {@link DeliveryQueue#abandoned}.
 * Not thread-safe.
 */
public final class Handover {

    /**
     * One message with its recipients.
     *
     * @param inMemory whether this node keeps it in memory from the commit on
     */
    record Item(QueuedMessage message, List<QueuedRecipient> recipients, boolean inMemory) {}

    private final List<Item> items = new ArrayList<>();

    Handover() {}

    void add(Item item) {
        items.add(item);
    }

    List<Item> items() {
        return items;
    }
}
