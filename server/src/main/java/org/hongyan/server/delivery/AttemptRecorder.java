package org.hongyan.server.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hongyan.server.event.EventLog;
import org.hongyan.server.event.MailEvent;
import org.hongyan.server.queue.DeliveryQueue;
import org.hongyan.server.queue.Settlement;
import org.hongyan.server.reputation.DailyTallies;
import org.hongyan.server.reputation.TallyMark;
import org.hongyan.server.suppression.SuppressionList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes results down, many in one transaction: rows leave the queue, events are appended and tallies grow together or
 * not at all. One thread; what it has gathered and not written is what a crash may send twice, so it gathers for
 * moments only.
 */
@Component
final class AttemptRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRecorder.class);

    private static final int WAITING_ROOM = 50_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

    private final DeliveryQueue queue;
    private final ResultEntries entries;
    private final EventLog events;
    private final DailyTallies tallies;
    private final SuppressionList suppressions;
    private final long gatherNanos;
    private final int gatherMost;
    private final BlockingQueue<AttemptResult> results = new ArrayBlockingQueue<>(WAITING_ROOM);
    private volatile boolean running;
    private volatile boolean writing;
    private Thread thread = Thread.currentThread();

    AttemptRecorder(
            DeliveryQueue queue,
            ResultEntries entries,
            EventLog events,
            DailyTallies tallies,
            SuppressionList suppressions,
            DeliveryProperties properties) {
        this.queue = queue;
        this.entries = entries;
        this.events = events;
        this.tallies = tallies;
        this.suppressions = suppressions;
        this.gatherNanos = properties.gather().toNanos();
        this.gatherMost = properties.gatherMost();
    }

    void start() {
        running = true;
        thread = Thread.ofPlatform().name("delivery-recorder").daemon().start(this::run);
    }

    /** Hands a result over; waits when far too many are not written yet. */
    void record(AttemptResult result) throws InterruptedException {
        results.put(result);
    }

    /** Whether all results have been written. */
    boolean idle() {
        return results.isEmpty() && !writing;
    }

    /** Ends after what is there has been written, or cannot be. */
    void stop(Duration patience) {
        running = false;
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        List<AttemptResult> batch = new ArrayList<>();
        while (running || !results.isEmpty()) {
            try {
                AttemptResult first = results.poll(50, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                writing = true;
                batch.add(first);
                gather(batch);
                write(batch.stream().map(entries::of).toList());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException bug) {
                LOG.error("{} results could not be worked out; the mails will be attempted again", batch.size(), bug);
                queue.forget(batch.stream().map(AttemptResult::recipient).toList());
            } finally {
                batch.clear();
                writing = false;
            }
        }
    }

    private void gather(List<AttemptResult> batch) throws InterruptedException {
        long deadline = System.nanoTime() + gatherNanos;
        while (batch.size() < gatherMost) {
            results.drainTo(batch, gatherMost - batch.size());
            long left = deadline - System.nanoTime();
            if (left <= 0 || batch.size() >= gatherMost || !running) {
                return;
            }
            AttemptResult next = results.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    /** Writes a batch, over and over until the database takes it; one row that it never takes is singled out. */
    private void write(List<ResultEntry> batch) throws InterruptedException {
        int failures = 0;
        while (true) {
            try {
                settle(batch);
                return;
            } catch (RuntimeException e) {
                failures++;
                boolean databaseUp = queue.healthy();
                if (databaseUp && failures >= 3) {
                    writeHalves(batch, e);
                    return;
                }
                if (failures == 1) {
                    LOG.warn("{} results wait for the database: {}", batch.size(), e.toString());
                }
                if (!running && !databaseUp) {
                    LOG.warn("{} results are given up at the stop; those mails may go out twice", batch.size());
                    queue.forget(recipients(batch));
                    return;
                }
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    private void writeHalves(List<ResultEntry> batch, RuntimeException cause) throws InterruptedException {
        if (batch.size() == 1) {
            LOG.error("A result is never taken by the database; the mail will be attempted again", cause);
            queue.forget(recipients(batch));
            return;
        }
        write(batch.subList(0, batch.size() / 2));
        write(batch.subList(batch.size() / 2, batch.size()));
    }

    private static List<org.hongyan.server.queue.QueuedRecipient> recipients(List<ResultEntry> batch) {
        return batch.stream().map(entry -> entry.settlement().recipient()).toList();
    }

    private void settle(List<ResultEntry> batch) {
        Map<Settlement, ResultEntry> bySettlement = new LinkedHashMap<>();
        for (ResultEntry entry : batch) {
            bySettlement.put(entry.settlement(), entry);
        }
        queue.settle(List.copyOf(bySettlement.keySet()), ours -> {
            List<MailEvent> happened = new ArrayList<>(ours.size());
            List<TallyMark> marks = new ArrayList<>(ours.size() * 2);
            Map<Long, Long> givenBack = new HashMap<>();
            for (Settlement settlement : ours) {
                ResultEntry entry = bySettlement.get(settlement);
                if (entry == null) {
                    throw new IllegalStateException("a settlement that nobody asked for");
                }
                happened.add(entry.event());
                marks.addAll(entry.marks());
                if (entry.placeGivenBack()) {
                    givenBack.merge(settlement.recipient().domainId(), 1L, Long::sum);
                }
                if (entry.hardBounce() && entry.event() instanceof MailEvent.Bounced bounced) {
                    suppressions.bounced(
                            settlement.recipient().account(),
                            settlement.recipient().address(),
                            bounced.detail());
                }
            }
            events.append(happened);
            tallies.giveBack(givenBack);
            tallies.count(marks);
        });
    }
}
