package org.hongyan.server.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.relay.Departure;
import org.hongyan.mail.relay.Relay;
import org.hongyan.server.queue.DeliveryQueue;
import org.hongyan.server.queue.QueuedRecipient;
import org.hongyan.server.suppression.SuppressionList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends workers to destinations that have mail: each is a virtual thread that takes a turn at the relay and feeds it
 * until the queue has nothing more for that destination. No thread waits for pace: a destination that may not be spoken
 * to yet is parked. Started after the shards are ours, stopped before they are given back.
 */
@Component
class DeliveryRunner implements SmartLifecycle {

    static final int PHASE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryRunner.class);

    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** A destination that is parked for longer keeps only this much in memory. */
    private static final Duration LONG_PARKING = Duration.ofSeconds(30);

    private static final int KEPT_WHILE_PARKED = 100;
    private static final Duration POSTPONED_SPREAD = Duration.ofMinutes(5);

    private final Relay relay;
    private final AttemptRecorder recorder;
    private final DeliveryProperties properties;
    private final DeliveryQueue queue;
    private final Clock clock;
    private final DestinationWork.Tools tools;
    private final Semaphore conversations;
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private Thread dispatcher = Thread.currentThread();

    DeliveryRunner(
            Relay relay,
            AttemptRecorder recorder,
            OutboundMails mails,
            SuppressionList suppressions,
            DeliveryQueue queue,
            DeliverySetting setting) {
        this.relay = relay;
        this.recorder = recorder;
        this.queue = queue;
        this.properties = setting.properties();
        this.clock = setting.clock();
        this.tools = new DestinationWork.Tools(queue, mails, recorder, suppressions, clock);
        this.conversations = new Semaphore(properties.concurrency());
    }

    @Override
    public void start() {
        running = true;
        if (properties.enabled()) {
            recorder.start();
            dispatcher = Thread.ofPlatform().name("delivery-dispatch").daemon().start(this::dispatch);
        }
    }

    private void dispatch() {
        while (running) {
            try {
                if (!conversations.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    continue;
                }
                DomainName destination = queue.awaitDestination(PATIENCE).orElse(null);
                if (destination == null) {
                    conversations.release();
                } else {
                    Thread.ofVirtual().name("deliver " + destination).start(() -> workAt(destination));
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The dispatcher failed; it goes on", e);
                LockSupport.parkNanos(PATIENCE.toNanos());
            }
        }
    }

    private void workAt(DomainName destination) {
        workers.add(Thread.currentThread());
        try {
            boolean more = true;
            while (more && running) {
                more = takeTurn(destination);
            }
        } catch (RuntimeException bug) {
            LOG.error("A worker for {} failed", destination, bug);
            queue.park(destination, clock.instant().plus(LONG_PARKING));
        } finally {
            workers.remove(Thread.currentThread());
            queue.leave(destination);
            conversations.release();
        }
    }

    /** One turn; true when another one makes sense. */
    private boolean takeTurn(DomainName destination) {
        DestinationWork work = new DestinationWork(destination, tools);
        return switch (relay.depart(destination)) {
            case Departure.Now now -> {
                try (var turn = now.turn()) {
                    relay.deliver(turn, work);
                } catch (RuntimeException broken) {
                    work.pickUp(broken);
                }
                yield !work.dry();
            }
            case Departure.Later later -> {
                queue.park(destination, later.when());
                makeRoom(destination, later.when());
                yield false;
            }
            case Departure.Decided decided -> {
                work.settleAll(decided.outcome());
                yield false;
            }
        };
    }

    /** What a parked destination has in memory beyond a few goes back to the table, so that others find room. */
    private void makeRoom(DomainName destination, Instant until) {
        if (until.isBefore(clock.instant().plus(LONG_PARKING))) {
            return;
        }
        List<QueuedRecipient> surplus = queue.evict(destination, KEPT_WHILE_PARKED);
        List<Instant> due = new ArrayList<>(surplus.size());
        for (int i = 0; i < surplus.size(); i++) {
            due.add(until.plusMillis(ThreadLocalRandom.current().nextLong(POSTPONED_SPREAD.toMillis())));
        }
        try {
            queue.postpone(surplus, due);
        } catch (RuntimeException databaseAway) {
            LOG.debug("Surplus mail for {} stays in memory", destination, databaseAway);
            queue.putBack(surplus);
        }
    }

    /** Begins nothing more, lets what runs come to its end within the setting, and writes what it gave. */
    @Override
    public void stop() {
        running = false;
        if (!properties.enabled()) {
            return;
        }
        dispatcher.interrupt();
        long deadline = System.nanoTime() + properties.stopWithin().toNanos();
        while (!workers.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000L);
        }
        if (!workers.isEmpty()) {
            LOG.warn("{} conversations are cut off at the stop; their mail is attempted again", workers.size());
            workers.forEach(Thread::interrupt);
        }
        recorder.stop(Duration.ofSeconds(5));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
