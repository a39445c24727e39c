package org.hongyan.server.submission;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.queue.Handover;
import org.hongyan.server.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores submissions, many in one transaction: one writer takes what waits and goes, without a timer; while it commits,
 * the next group gathers by itself. A caller is answered after the commit and never before.
 *
 * <p>A commit whose connection broke may or may not have happened. The transaction was named when it began, so its fate
 * can be asked for, and nobody is told <i>accepted</i> for mail that is not there, nor <i>try again</i> for mail that is,
 * as long as the database comes back within a caller's patience.
 */
@Component
class GroupCommit implements SmartLifecycle {

    /** Before the doors open, after the queue and the delivery. */
    static final int PHASE = 300;

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private static final Duration FATE_PATIENCE = Duration.ofSeconds(30);
    private static final Refusal BUSY = new Refusal.TemporarilyUnavailable("busy");
    private static final Refusal STOPPING = new Refusal.TemporarilyUnavailable("stopping");
    private static final Refusal DATABASE = new Refusal.TemporarilyUnavailable("database");

    private final CommitRooms rooms;
    private final TransactionTemplate transactions;
    private final SubmissionProperties properties;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final BlockingQueue<Pending> room;
    private final AtomicLong contentInRoom = new AtomicLong();
    private volatile boolean running;
    private Thread writer = Thread.currentThread();

    GroupCommit(CommitRooms rooms, TransactionTemplate transactions, SubmissionProperties properties, Clock clock) {
        this.rooms = rooms;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
        this.room = new ArrayBlockingQueue<>(properties.waitingRoom());
    }

    /** Stores a mail and answers after the commit; a temporary refusal when there is no room or no database. */
    Acceptance store(CheckedMail mail) {
        Pending pending = new Pending(mail);
        int size = mail.mail().size();
        if (contentInRoom.addAndGet(size) > properties.waitingContent().toBytes() + size
                || !running
                || !room.offer(pending)) {
            contentInRoom.addAndGet(-size);
            return new Acceptance.Refused(running ? BUSY : STOPPING);
        }
        try {
            return await(pending);
        } finally {
            contentInRoom.addAndGet(-size);
        }
    }

    private Acceptance await(Pending pending) {
        try {
            return pending.answer().get(properties.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return pending.giveUp() ? new Acceptance.Refused(BUSY) : awaitTaken(pending);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            pending.giveUp();
            // The writer may have it: the caller is told to come again, and the mail may be stored all the same.
            return new Acceptance.Refused(STOPPING);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a submission is answered, never failed", bug);
        }
    }

    /** The writer has it: its outcome is known soon, or the database is away. */
    private static Acceptance awaitTaken(Pending pending) {
        try {
            return pending.answer().get(FATE_PATIENCE.plusSeconds(30).toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException lost) {
            return new Acceptance.Refused(DATABASE);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Acceptance.Refused(STOPPING);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a submission is answered, never failed", bug);
        }
    }

    @Override
    public void start() {
        running = true;
        writer = Thread.ofPlatform().name("submission-writer").daemon().start(this::write);
    }

    private void write() {
        List<Pending> group = new ArrayList<>(properties.groupMost());
        while (running || !room.isEmpty()) {
            try {
                Pending first = room.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    room.drainTo(group, properties.groupMost() - 1);
                    group.removeIf(pending -> !pending.take());
                    if (!group.isEmpty()) {
                        commit(group);
                    }
                }
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException bug) {
                LOG.error("A group of {} submissions failed", group.size(), bug);
                group.forEach(pending -> pending.refuse(DATABASE));
            } finally {
                group.clear();
            }
        }
        for (Pending pending = room.poll(); pending != null; pending = room.poll()) {
            pending.refuse(STOPPING);
        }
    }

    private void commit(List<Pending> group) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<Pending, MessageId> ids = new LinkedHashMap<>();
        for (Pending pending : group) {
            ids.put(pending, MessageId.fresh(rooms.queue().shardForFreshMail(), now, random));
        }
        CommitGroup work = new CommitGroup(rooms, now, properties.mailboxHourly(), ids);
        try {
            transactions.executeWithoutResult(status -> work.run());
            finish(work, true);
        } catch (RuntimeException failed) {
            if (work.complete() && committed(work)) {
                finish(work, true);
                return;
            }
            finish(work, false);
            if (isAboutData(failed) && group.size() > 1) {
                // One of them is what the database does not take; the others must not suffer for it.
                LOG.warn("A group of {} submissions is stored one by one: {}", group.size(), failed.toString());
                group.forEach(pending -> commit(List.of(pending)));
                return;
            }
            if (isAboutData(failed)) {
                LOG.error("A submission is not taken by the database", failed);
            } else {
                LOG.warn("{} submissions could not be stored: {}", group.size(), failed.toString());
            }
            group.forEach(pending -> pending.refuse(DATABASE));
        }
    }

    private void finish(CommitGroup work, boolean committed) {
        @Nullable Handover handover = work.handover();
        if (handover != null) {
            if (committed) {
                rooms.queue().committed(handover);
            } else {
                rooms.queue().abandoned(handover);
            }
        }
        if (committed) {
            work.answers().forEach((pending, answer) -> pending.answer().complete(answer));
        }
    }

    /** Asks for the fate of a transaction whose commit was sent and not answered. */
    private boolean committed(CommitGroup work) {
        String transaction = work.transaction();
        if (transaction == null) {
            return false;
        }
        long deadline = System.nanoTime() + FATE_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Optional<String> fate = rooms.repository().fate(transaction);
                if (fate.isEmpty() || !fate.get().equals("in progress")) {
                    return fate.isPresent() && fate.get().equals("committed");
                }
            } catch (RuntimeException databaseAway) {
                LOG.debug("The fate of a transaction cannot be asked for yet", databaseAway);
            }
            LockSupport.parkNanos(100_000_000L);
        }
        LOG.warn(
                "It is not known whether {} submissions were stored; their callers are told to come again",
                work.answers().size());
        return false;
    }

    private static boolean isAboutData(RuntimeException failed) {
        return failed instanceof DataIntegrityViolationException
                || failed instanceof BadSqlGrammarException
                || failed instanceof NonTransientDataAccessException
                || !(failed instanceof org.springframework.dao.DataAccessException
                        || failed instanceof org.springframework.transaction.TransactionException);
    }

    /** Takes nothing new, stores what waits. */
    @Override
    public void stop() {
        running = false;
        try {
            writer.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
