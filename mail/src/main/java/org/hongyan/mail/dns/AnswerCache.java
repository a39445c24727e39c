package org.hongyan.mail.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.xbill.DNS.Name;

/**
 * Remembers answers for their TTL, and lets many callers with one question wait for one answer. Bounded: when full, the
 * expired go first and then whichever come to hand, since a wrong eviction costs one question.
 */
final class AnswerCache {

    /** A question: dnsjava compares names without case. */
    record Question(Name name, int type) {}

    /** An answer and how long it may be kept. */
    record Kept(DnsLookup answer, Duration life) {}

    private record Timed(DnsLookup answer, Instant expiry) {}

    private final int capacity;
    private final InstantSource clock;
    private final Map<Question, CompletableFuture<Timed>> entries = new ConcurrentHashMap<>();

    AnswerCache(int capacity, InstantSource clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    DnsLookup answer(Question question, Supplier<Kept> ask) {
        CompletableFuture<Timed> present = entries.get(question);
        if (present != null && isExpired(present)) {
            entries.remove(question, present);
        }
        CompletableFuture<Timed> fresh = new CompletableFuture<>();
        CompletableFuture<Timed> other = entries.putIfAbsent(question, fresh);
        return other == null ? fill(fresh, question, ask) : join(other, ask);
    }

    int size() {
        return entries.size();
    }

    private DnsLookup fill(CompletableFuture<Timed> fresh, Question question, Supplier<Kept> ask) {
        try {
            Kept kept = ask.get();
            if (capacity == 0 || !kept.life().isPositive()) {
                entries.remove(question, fresh);
            }
            fresh.complete(new Timed(kept.answer(), clock.instant().plus(kept.life())));
            return kept.answer();
        } finally {
            if (!fresh.isDone()) {
                entries.remove(question, fresh);
                fresh.completeExceptionally(new IllegalStateException("the look-up of " + question.name() + " broke"));
            }
            makeRoom();
        }
    }

    private static DnsLookup join(CompletableFuture<Timed> answer, Supplier<Kept> ask) {
        try {
            return answer.get().answer();
        } catch (ExecutionException broken) {
            return ask.get().answer();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new DnsLookup.Failed("the wait for an answer was interrupted");
        }
    }

    private boolean isExpired(CompletableFuture<Timed> entry) {
        return entry.isDone()
                && (entry.isCompletedExceptionally()
                        || !clock.instant().isBefore(entry.resultNow().expiry()));
    }

    private void makeRoom() {
        if (entries.size() <= Math.max(capacity, 1)) {
            return;
        }
        entries.values().removeIf(this::isExpired);
        int surplus = entries.size() - capacity * 9 / 10;
        for (Iterator<CompletableFuture<Timed>> all = entries.values().iterator(); surplus > 0 && all.hasNext(); ) {
            if (all.next().isDone()) {
                all.remove();
                surplus--;
            }
        }
    }
}
