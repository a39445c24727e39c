package org.hongyan.sandbox.dns;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Which names fail, and how. Thread-safe. */
final class Faults {

    private final Map<Name, DnsFault> exact = new ConcurrentHashMap<>();
    private final Map<Name, DnsFault> subtrees = new ConcurrentHashMap<>();

    void setAt(String name, DnsFault fault) {
        exact.put(DnsRecord.wireName(name), fault);
    }

    void setWithin(String name, DnsFault fault) {
        subtrees.put(DnsRecord.wireName(name), fault);
    }

    void clear(String name) {
        exact.remove(DnsRecord.wireName(name));
        subtrees.remove(DnsRecord.wireName(name));
    }

    /** The fault of that very name, else of the closest subtree that holds it, else null. */
    @Nullable
    DnsFault at(Name name) {
        DnsFault fault = exact.get(name);
        if (fault != null || subtrees.isEmpty()) {
            return fault;
        }
        for (int labels = 0; labels < name.labels(); labels++) {
            fault = subtrees.get(labels == 0 ? name : new Name(name, labels));
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
