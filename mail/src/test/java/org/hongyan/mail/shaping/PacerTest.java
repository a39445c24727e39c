package org.hongyan.mail.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.hongyan.mail.shaping.Admission.Granted;
import org.hongyan.mail.shaping.Admission.NotBefore;
import org.hongyan.mail.shaping.Admission.Reason;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final Lane LANE = new Lane(new Provider("p"), "s1");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void noMoreConnectionsThanAllowedAndSourcesAreCountedApart() {
        Pacer pacer = pacer(new Limits(3, 100, Double.POSITIVE_INFINITY));
        List<Permit> held = grants(pacer, 10);
        assertThat(held).hasSize(3);
        assertThat(pacer.tryAcquire(LANE)).isInstanceOfSatisfying(NotBefore.class, later -> {
            assertThat(later.reason()).isEqualTo(Reason.CONNECTIONS);
            assertThat(later.when()).isAfter(now);
        });
        assertThat(pacer.tryAcquire(new Lane(new Provider("p"), "s2"))).isInstanceOf(Granted.class);
        held.getFirst().close();
        held.getFirst().close();
        assertThat(grants(pacer, 10)).hasSize(1);
    }

    @Test
    void noMoreMailsASecondThanAllowed() {
        Pacer pacer = pacer(new Limits(100, 100, 5));
        int mails = 0;
        for (int step = 0; step < 1000; step++) {
            if (pacer.tryAcquire(LANE) instanceof Granted(Permit permit)) {
                mails++;
                while (permit.next()) {
                    mails++;
                }
                permit.close();
            }
            pass(Duration.ofMillis(10));
        }
        // Ten seconds at 5 a second, and the bucket of one second at the start.
        assertThat(mails).isBetween(50, 55);
    }

    @Test
    void notBeforeTellsWhenTheNextMailMayGo() {
        Pacer pacer = pacer(new Limits(100, 100, 2));
        assertThat(grants(pacer, 10)).hasSize(2);
        NotBefore later = (NotBefore) pacer.tryAcquire(LANE);
        assertThat(later.reason()).isEqualTo(Reason.RATE);
        assertThat(later.when()).isEqualTo(now.plusMillis(500));
        now = later.when();
        assertThat(grants(pacer, 10)).hasSize(1);
    }

    @Test
    void pushingBackHalvesAndAcceptanceRestoresStepByStep() {
        Pacer pacer = pacer(new Limits(8, 100, 100));
        Permit permit = grants(pacer, 1).getFirst();
        permit.pushedBack();
        permit.pushedBack();
        assertThat(report(pacer).window()).as("one decrease a second").isEqualTo(4);
        assertThat(report(pacer).mailsPerSecond()).isEqualTo(50);
        pass(Duration.ofSeconds(2));
        permit.pushedBack();
        assertThat(report(pacer).window()).isEqualTo(2);
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofSeconds(2));
            permit.pushedBack();
        }
        assertThat(report(pacer).window()).as("never less than one").isEqualTo(1);
        assertThat(report(pacer).mailsPerSecond()).isPositive();
        permit.went();
        assertThat(report(pacer).window()).isEqualTo(2);
        for (int i = 0; i < 200; i++) {
            permit.went();
        }
        assertThat(report(pacer).window()).isEqualTo(8);
        assertThat(report(pacer).mailsPerSecond()).isEqualTo(100);
    }

    @Test
    void aHolderStopsWhenTheWindowHasShrunk() {
        Pacer pacer = pacer(new Limits(4, 100, Double.POSITIVE_INFINITY));
        List<Permit> held = grants(pacer, 4);
        assertThat(held.getFirst().next()).isTrue();
        held.getFirst().pushedBack();
        assertThat(held.get(0).next()).isFalse();
        held.get(1).close();
        held.get(2).close();
        assertThat(held.get(0).next()).isTrue();
    }

    @Test
    void anUnreachableProviderIsProbedAndNotHammered() {
        Pacer pacer = pacer(new Limits(10, 100, Double.POSITIVE_INFINITY));
        for (int i = 0; i < 3; i++) {
            Permit permit = grants(pacer, 1).getFirst();
            permit.unreachable();
            permit.close();
        }
        int probes = 0;
        Instant start = now;
        while (Duration.between(start, now).compareTo(Duration.ofMinutes(60)) < 0) {
            switch (pacer.tryAcquire(LANE)) {
                case Granted(Permit permit) -> {
                    probes++;
                    assertThat(pacer.tryAcquire(LANE)).as("one probe at a time").isInstanceOf(NotBefore.class);
                    permit.unreachable();
                    permit.close();
                }
                case NotBefore(Instant when, Reason reason) -> {
                    assertThat(reason).isEqualTo(Reason.SUSPENDED);
                    assertThat(when).isAfter(now);
                    now = when;
                }
            }
        }
        assertThat(probes).isBetween(10, 25);

        pass(Duration.ofMinutes(10));
        Permit probe = grants(pacer, 1).getFirst();
        assertThat(probe.next()).as("a probe is one mail").isFalse();
        probe.went();
        probe.close();
        assertThat(report(pacer).suspendedUntil()).isNull();
        assertThat(grants(pacer, 10)).as("slowly again").hasSizeLessThan(3);
    }

    @Test
    void aClockThatJumpsBackHoldsNothingUp() {
        Pacer pacer = pacer(new Limits(10, 100, 1));
        assertThat(grants(pacer, 5)).hasSize(1);
        now = now.minus(Duration.ofHours(1));
        assertThat(pacer.tryAcquire(LANE))
                .isInstanceOfSatisfying(
                        NotBefore.class, later -> assertThat(later.when()).isBeforeOrEqualTo(now.plusSeconds(1)));
        pass(Duration.ofSeconds(1));
        assertThat(grants(pacer, 5)).hasSize(1);
    }

    @Test
    void lanesThatNobodyUsesAreForgotten() {
        Pacer pacer = pacer(new Limits(1, 1, Double.POSITIVE_INFINITY));
        for (int i = 0; i < 10_000; i++) {
            if (pacer.tryAcquire(new Lane(new Provider("p" + i), "s")) instanceof Granted(Permit permit)) {
                permit.close();
            }
            pass(Duration.ofSeconds(1));
        }
        assertThat(pacer.lanes()).hasSizeLessThan(5_000);
    }

    @Test
    void waitersAreServedInTheOrderOfTheirArrival() throws Exception {
        Pacer pacer = new Pacer(rules(new Limits(1, 100, Double.POSITIVE_INFINITY)), java.time.InstantSource.system());
        Permit first = pacer.acquire(LANE);
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            Thread thread = Thread.ofVirtual().start(() -> {
                try (Permit permit = pacer.acquire(LANE)) {
                    order.add(number);
                    permit.went();
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
            threads.add(thread);
            await(() -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        }
        assertThat(pacer.tryAcquire(LANE)).isInstanceOf(NotBefore.class);
        first.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).isSorted().hasSize(20);
        assertThat(pacer.lanes().getFirst().inUse()).isZero();
    }

    @Test
    void anInterruptedWaiterHoldsNothingAndBlocksNobody() throws Exception {
        Pacer pacer = new Pacer(rules(new Limits(1, 100, Double.POSITIVE_INFINITY)), java.time.InstantSource.system());
        Permit first = pacer.acquire(LANE);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try (Permit unexpected = pacer.acquire(LANE)) {
                end.set(new AssertionError(unexpected.lane()));
            } catch (InterruptedException expected) {
                end.set(expected);
            }
        });
        await(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        waiter.interrupt();
        waiter.join();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        first.close();
        assertThat(pacer.tryAcquire(LANE)).isInstanceOf(Granted.class);
    }

    private Pacer pacer(Limits limits) {
        return new Pacer(rules(limits), () -> now);
    }

    private static ShapingRules rules(Limits limits) {
        return ShapingRules.defaults().withAll(limits);
    }

    private static List<Permit> grants(Pacer pacer, int most) {
        List<Permit> permits = new ArrayList<>();
        while (permits.size() < most && pacer.tryAcquire(LANE) instanceof Granted(Permit permit)) {
            permits.add(permit);
        }
        return permits;
    }

    private static Pacer.LaneReport report(Pacer pacer) {
        return pacer.lanes().getFirst();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
