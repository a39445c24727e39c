package org.hongyan.server.queue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.hongyan.server.event.MessageId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which shards this node owns, and its part in sharing them out evenly among the nodes.
 *
 * <p>Each node shows that it lives by a shared advisory lock; counting its holders gives the number of nodes. A node
 * with more than its share lets surplus shards run dry and unlocks them; one with less takes those that are free. Nobody
 * is told anything: what a dead node held is free as soon as the server has noticed. {@link #tick} is called by one
 * thread; the questions may come from any.
 */
final class ShardOwnership {

    private static final Logger LOG = LoggerFactory.getLogger(ShardOwnership.class);

    /** First halves of our advisory locks' keys; arbitrary, ours alone in this database. */
    static final int SHARD_LOCKS = 0x48590001;

    static final int NODE_LOCKS = 0x48590002;

    private static final int SHARDS = MessageId.SHARDS;

    private final ShardSession session;
    private final WaitingWindow window;
    private final Clock clock;
    private final String nodeName;

    /** Epoch of each owned shard. Kept while the session is lost, to tell whether somebody had it meanwhile. */
    private final Map<Integer, Long> epochs = new ConcurrentHashMap<>();

    /** When each was acquired: what the owner before had in memory then is ours to read. */
    private final Map<Integer, Instant> acquiredAt = new ConcurrentHashMap<>();

    private final Set<Integer> leaving = ConcurrentHashMap.newKeySet();

    ShardOwnership(ShardSession session, WaitingWindow window, Clock clock, String nodeName) {
        this.session = session;
        this.window = window;
        this.clock = clock;
        this.nodeName = nodeName;
    }

    /** Whether fresh mail of this shard may stay in our memory. */
    boolean takesFresh(int shard) {
        return session.healthy() && epochs.containsKey(shard) && !leaving.contains(shard);
    }

    /** A shard for fresh mail: one of ours where we have any, so that no other node needs to find it. */
    int shardForFreshMail() {
        if (session.healthy()) {
            int start = ThreadLocalRandom.current().nextInt(SHARDS);
            for (int i = 0; i < SHARDS; i++) {
                int shard = (start + i) % SHARDS;
                if (epochs.containsKey(shard) && !leaving.contains(shard)) {
                    return shard;
                }
            }
        }
        return ThreadLocalRandom.current().nextInt(SHARDS);
    }

    /** Owned shards whose mail may be read, with the time since when they are ours. */
    Map<Integer, Instant> readable() {
        if (!session.healthy()) {
            return Map.of();
        }
        Map<Integer, Instant> readable = new HashMap<>(acquiredAt);
        readable.keySet().removeAll(leaving);
        return readable;
    }

    int owned() {
        return session.healthy() ? epochs.size() : 0;
    }

    /** Connects where needed, shows that we live, and moves towards an even share. */
    void tick() throws SQLException {
        if (!session.isOpen()) {
            session.connect();
            session.query(
                    "SELECT pg_advisory_lock_shared(?, 0)", statement -> statement.setInt(1, NODE_LOCKS), row -> {});
            reclaim();
        }
        Census census = census();
        int share = (SHARDS + census.nodes() - 1) / census.nodes();
        finishLeaving();
        int surplus = epochs.size() - leaving.size() - share;
        if (surplus > 0) {
            List<Integer> owned = new ArrayList<>(epochs.keySet());
            owned.removeAll(leaving);
            Collections.sort(owned);
            leave(new HashSet<>(owned.subList(owned.size() - surplus, owned.size())));
        } else if (epochs.size() < share) {
            List<Integer> free = new ArrayList<>(census.free());
            // Two nodes that start together would otherwise fight for the same ones.
            Collections.shuffle(free, ThreadLocalRandom.current());
            acquire(free.subList(0, Math.min(free.size(), share - epochs.size())));
        }
    }

    private record Census(int nodes, List<Integer> free) {}

    private Census census() throws SQLException {
        int[] nodes = {0};
        Set<Integer> held = new HashSet<>();
        session.query(
                """
                SELECT classid::bigint, objid::bigint
                  FROM pg_locks
                 WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid IN (?::oid, ?::oid)
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """,
                statement -> {
                    statement.setLong(1, SHARD_LOCKS);
                    statement.setLong(2, NODE_LOCKS);
                },
                row -> {
                    if (row.getLong(1) == NODE_LOCKS) {
                        nodes[0]++;
                    } else {
                        held.add((int) row.getLong(2));
                    }
                });
        List<Integer> free = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            if (!held.contains(shard)) {
                free.add(shard);
            }
        }
        return new Census(Math.max(1, nodes[0]), free);
    }

    /** After a lost session: what nobody had meanwhile goes on as it was, the rest of the memory is void. */
    private void reclaim() throws SQLException {
        Map<Integer, Long> before = new HashMap<>(epochs);
        leaving.clear();
        epochs.clear();
        acquiredAt.clear();
        acquire(new ArrayList<>(before.keySet()));
        Set<Integer> lost = new HashSet<>();
        before.forEach((shard, epoch) -> {
            if (!Long.valueOf(epoch + 1).equals(epochs.get(shard))) {
                lost.add(shard);
            }
        });
        if (!lost.isEmpty()) {
            LOG.warn("{} shards went to other nodes while the database was out of reach", lost.size());
            window.drop(lost);
        }
    }

    private void acquire(List<Integer> shards) throws SQLException {
        if (shards.isEmpty()) {
            return;
        }
        int[] wanted = shards.stream().mapToInt(Integer::intValue).toArray();
        boolean[] got = session.tryLock(SHARD_LOCKS, wanted);
        List<Integer> locked = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (got[i]) {
                locked.add(wanted[i]);
            }
        }
        if (locked.isEmpty()) {
            return;
        }
        Map<Integer, Long> fresh = new HashMap<>();
        session.query(
                "UPDATE queue_shard SET epoch = epoch + 1, owner = ? WHERE shard = ANY(?) RETURNING shard, epoch",
                statement -> {
                    statement.setString(1, nodeName);
                    statement.setObject(
                            2, locked.stream().mapToInt(Integer::intValue).toArray());
                },
                row -> fresh.put(row.getInt(1), row.getLong(2)));
        Instant now = clock.instant();
        fresh.keySet().forEach(shard -> acquiredAt.put(shard, now));
        epochs.putAll(fresh);
        LOG.info("Owns {} more shards, {} now", fresh.size(), epochs.size());
    }

    /** Lets shards run dry: nothing of them is begun any more, and they are unlocked when all is settled. */
    private void leave(Set<Integer> shards) {
        leaving.addAll(shards);
        window.drop(shards);
    }

    private void finishLeaving() throws SQLException {
        for (Integer shard : Set.copyOf(leaving)) {
            if (window.attempted(shard) == 0) {
                // A mail that was handed over while we made up our mind is dropped here; its row is in the table.
                window.drop(Set.of(shard));
                epochs.remove(shard);
                acquiredAt.remove(shard);
                leaving.remove(shard);
                session.unlock(SHARD_LOCKS, shard);
            }
        }
    }
}
