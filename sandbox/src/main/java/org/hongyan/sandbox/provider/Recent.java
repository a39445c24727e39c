package org.hongyan.sandbox.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last so many of something, oldest first. Thread-safe. */
final class Recent<T> {

    private final int most;
    private final Deque<T> items = new ArrayDeque<>();

    Recent(int most) {
        this.most = most;
    }

    synchronized void add(T item) {
        if (items.size() == most) {
            items.removeFirst();
        }
        items.addLast(item);
    }

    synchronized List<T> all() {
        return List.copyOf(items);
    }
}
