package org.hongyan.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.SettableClock;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.event.MessageId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {

    private static final DomainName TEST = DomainName.parse("b.test");

    private final TestDatabase database = TestDatabase.fresh();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T10:00:00Z"));
    private final List<Node> nodes = new ArrayList<>();

    /** One node's part of the queue, without threads: the test ticks. */
    private final class Node {
        final ShardSession session;
        final DeliveryQueue queue;

        Node() {
            session = new ShardSession(
                    database.dataSource(), () -> database.dataSource().getConnection(), TestQueues.properties());
            queue = new DeliveryQueue(new QueueRepository(database.jdbc()), session, TestQueues.properties(), clock);
            nodes.add(this);
        }

        void tick() {
            try {
                queue.ownership().tick();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        MessageId accept(NewMail mail) {
            MessageId id = MessageId.fresh(queue.shardForFreshMail(), clock.instant(), new SecureRandom());
            Handover handover = queue.prepare(List.of(new DeliveryQueue.Accepted(mail, id, clock.instant())));
            database.transactions().executeWithoutResult(status -> queue.store(handover));
            queue.committed(handover);
            return id;
        }

        List<QueuedRecipient> drain() {
            List<QueuedRecipient> drained = new ArrayList<>();
            for (List<QueuedRecipient> some = queue.poll(TEST); !some.isEmpty(); some = queue.poll(TEST)) {
                drained.addAll(some);
            }
            return drained;
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(node -> node.session.close());
    }

    @Test
    void freshMailIsHandedOverInMemoryAndLeavesTheTablesWhenItIsSettled() throws Exception {
        Node node = new Node();
        node.tick();
        assertThat(node.queue.ownedShards()).isEqualTo(64);
        MessageId id = node.accept(TestQueues.mail(1, 1, false, "a@b.test", "c@b.test"));
        assertThat(node.queue.awaitDestination(Duration.ofMillis(10))).contains(TEST);
        List<QueuedRecipient> taken = node.queue.poll(TEST);
        assertThat(taken).hasSize(2).allMatch(recipient -> recipient.messageId().equals(id));
        assertThat(node.queue.content(taken.getFirst())).contains(TestQueues.content("Hello"));
        List<Settlement> written = new ArrayList<>();
        node.queue.settle(taken.stream().<Settlement>map(Settlement.Leave::new).toList(), written::addAll);
        assertThat(written).hasSize(2);
        assertThat(rows()).isZero();
        assertThat(node.queue.inMemory()).isZero();
    }

    @Test
    void aSettlementThatIsRepeatedCountsNothingTheSecondTime() {
        Node node = new Node();
        node.tick();
        node.accept(TestQueues.mail(1, 1, false, "a@b.test"));
        List<Settlement> leave =
                node.drain().stream().<Settlement>map(Settlement.Leave::new).toList();
        node.queue.settle(leave, ours -> assertThat(ours).hasSize(1));
        node.queue.settle(leave, ours -> assertThat(ours).isEmpty());
    }

    @Test
    void deferredRecipientIsReadAgainAfterItsBackoffAndNotBefore() {
        Node node = new Node();
        node.tick();
        node.accept(TestQueues.mail(1, 1, false, "a@b.test"));
        QueuedRecipient first = node.drain().getFirst();
        Instant due = clock.instant().plusSeconds(120);
        node.queue.settle(
                List.of(new Settlement.Wait(first, due, clock.instant(), "450 later")),
                ours -> assertThat(ours).hasSize(1));
        clock.advance(Duration.ofSeconds(119));
        node.queue.refill();
        assertThat(node.drain()).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        node.queue.refill();
        QueuedRecipient again = node.drain().getFirst();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.lastReply()).isEqualTo("450 later");
        assertThat(again.firstAttemptAt()).contains(due.minusSeconds(120));
    }

    @Test
    void aFailedSettleTransactionLeavesEverythingAsItWas() {
        Node node = new Node();
        node.tick();
        node.accept(TestQueues.mail(1, 1, false, "a@b.test"));
        List<Settlement> leave =
                node.drain().stream().<Settlement>map(Settlement.Leave::new).toList();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> node.queue.settle(leave, ours -> {
                    throw new IllegalStateException("the events cannot be written");
                })))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows()).isEqualTo(2);
        assertThat(node.queue.healthy()).isTrue();
        node.queue.settle(leave, ours -> assertThat(ours).hasSize(1));
        assertThat(rows()).isZero();
    }

    @Test
    void twoNodesShareTheShardsAndWhatAKilledOneHadGoesToTheOther() {
        Node one = new Node();
        Node two = new Node();
        one.tick();
        two.tick();
        one.tick();
        one.tick();
        two.tick();
        assertThat(one.queue.ownedShards()).isEqualTo(32);
        assertThat(two.queue.ownedShards()).isEqualTo(32);
        Set<MessageId> accepted = new HashSet<>();
        IntStream.range(0, 40).forEach(i -> {
            accepted.add(one.accept(TestQueues.mail(1, 1, false, "one" + i + "@b.test")));
            accepted.add(two.accept(TestQueues.mail(1, 1, false, "two" + i + "@b.test")));
        });
        assertThat(one.queue.inMemory()).isEqualTo(40);
        assertThat(two.queue.inMemory()).isEqualTo(40);
        List<QueuedRecipient> atOne = one.drain();
        kill(one);
        two.tick();
        assertThat(two.queue.ownedShards()).isEqualTo(64);
        two.queue.refill();
        Set<MessageId> atTwo = new HashSet<>();
        two.drain().forEach(recipient -> atTwo.add(recipient.messageId()));
        assertThat(atTwo).isEqualTo(accepted);
        // The killed one comes to life again with results for shards that are no longer its own.
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> one.queue.settle(
                        atOne.stream().<Settlement>map(Settlement.Leave::new).toList(), ours -> {})))
                .isInstanceOf(ShardSession.SessionLostException.class);
    }

    @Test
    void aNodeThatLostItsConnectionGoesOnWithItsMemoryWhenNobodyHadTheShardsMeanwhile() {
        Node node = new Node();
        node.tick();
        node.accept(TestQueues.mail(1, 1, false, "a@b.test"));
        node.accept(TestQueues.mail(1, 1, false, "b@b.test"));
        List<QueuedRecipient> attempted = node.queue.poll(TEST);
        kill(node);
        assertThat(node.queue.poll(TEST)).isEmpty();
        node.tick();
        assertThat(node.queue.ownedShards()).isEqualTo(64);
        node.queue.refill();
        assertThat(node.drain()).hasSize(1);
        node.queue.settle(
                attempted.stream().<Settlement>map(Settlement.Leave::new).toList(),
                ours -> assertThat(ours).hasSize(1));
    }

    @Test
    void memoryOfShardsThatAnotherNodeHadMeanwhileIsVoid() {
        Node one = new Node();
        one.tick();
        one.accept(TestQueues.mail(1, 1, false, "a@b.test"));
        kill(one);
        Node two = new Node();
        two.tick();
        two.queue.refill();
        assertThat(two.drain()).hasSize(1);
        kill(two);
        one.tick();
        assertThat(one.queue.ownedShards()).isEqualTo(64);
        assertThat(one.queue.inMemory()).isZero();
    }

    @Test
    void oneAccountsThousandsOfWaitingMailsDoNotDelayAnothersSingleMail() {
        Node node = new Node();
        // Without shards nothing is kept in memory: all of it has to be read.
        for (int i = 0; i < 3000; i++) {
            node.accept(TestQueues.mail(1, 1, false, "flood" + i + "@b.test"));
        }
        clock.advance(Duration.ofSeconds(1));
        node.accept(TestQueues.mail(2, 2, false, "single@b.test"));
        node.accept(TestQueues.mail(1, 1, true, "trigger@b.test"));
        node.tick();
        assertThat(node.queue.refill()).isTrue();
        assertThat(node.queue.inMemory()).isEqualTo(1000);
        List<String> firstThree = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            firstThree.add(node.queue.poll(TEST).getFirst().address().localPart());
        }
        assertThat(firstThree).contains("single").startsWith("trigger");
    }

    private void kill(Node node) {
        database.jdbc()
                .sql("SELECT pg_terminate_backend(l.pid) FROM pg_locks l WHERE l.locktype = 'advisory' AND l.pid = ?"
                        + " LIMIT 1")
                .param(pid(node))
                .query((row, n) -> 0)
                .list();
        // The next statement on the connection tells the node.
        assertThatThrownBy(() -> node.session.query("SELECT 1", statement -> {}, row -> {}))
                .isInstanceOf(Exception.class);
        assertThat(node.session.isOpen()).isFalse();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline && holdersOfNothing(node)) {
            Thread.onSpinWait();
        }
    }

    private int pidOfKilled;

    private int pid(Node node) {
        int[] pid = {0};
        try {
            node.session.query("SELECT pg_backend_pid()", statement -> {}, row -> pid[0] = row.getInt(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        pidOfKilled = pid[0];
        return pid[0];
    }

    private boolean holdersOfNothing(Node node) {
        return database.jdbc()
                        .sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = ?")
                        .param(pidOfKilled)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private long rows() {
        return database.jdbc()
                .sql("SELECT (SELECT count(*) FROM queue_recipient) + (SELECT count(*) FROM queue_message)")
                .query(Long.class)
                .single();
    }
}
