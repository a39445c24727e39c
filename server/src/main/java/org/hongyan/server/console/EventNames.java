package org.hongyan.server.console;

import org.springframework.stereotype.Component;

/** Names of the events in a mail's life, for templates as {@code @events}. */
@Component("events")
final class EventNames {

    private final Words words;

    EventNames(Words words) {
        this.words = words;
    }

    /** The word for a kind of the ledger; the kind itself where a later ledger has one without a word. */
    public String name(String kind) {
        return words.orElse("event." + kind, "event.other", kind);
    }
}
