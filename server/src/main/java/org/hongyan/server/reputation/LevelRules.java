package org.hongyan.server.reputation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hongyan.server.reputation.LevelRule.Comparison;
import org.hongyan.server.reputation.LevelRule.Condition;
import org.hongyan.server.reputation.LevelRule.Consequence;

/**
 * The rules of product rule 4 as a pure function: a level and a day's counters in, a verdict with its figures out. No
 * database and no clock. Immutable and thread-safe.
 */
public final class LevelRules {

    /** The level that the rules reach by themselves; above it the operator sets a cap by hand. */
    public static final int HIGHEST_LEVEL = 20;

    private static final long PERCENT = 10_000;

    private final List<Long> caps;
    private final List<LevelRule> rules;

    /**
     * @param caps of the levels 1 to 20 in order, rising
     * @throws IllegalArgumentException when the caps are not 20 rising positive numbers, or no rule is given
     */
    public LevelRules(List<Long> caps, List<LevelRule> rules) {
        if (caps.size() != HIGHEST_LEVEL) {
            throw new IllegalArgumentException("there are " + HIGHEST_LEVEL + " caps, not " + caps.size());
        }
        long last = 0;
        for (long cap : caps) {
            if (cap <= last) {
                throw new IllegalArgumentException("caps are positive and rise from level to level: " + caps);
            }
            last = cap;
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("there is at least one rule");
        }
        this.caps = List.copyOf(caps);
        this.rules = List.copyOf(rules);
    }

    /** The levels and rules of the product document. */
    public static LevelRules standard() {
        List<Long> caps = List.of(
                500L,
                1_000L,
                2_000L,
                5_000L,
                10_000L,
                20_000L,
                40_000L,
                60_000L,
                80_000L,
                100_000L,
                150_000L,
                200_000L,
                300_000L,
                400_000L,
                500_000L,
                600_000L,
                700_000L,
                800_000L,
                900_000L,
                1_000_000L);
        Condition sentEnough = new Condition(Measure.SENT_SHARE, Comparison.AT_LEAST, 70 * PERCENT);
        Condition fewComplaints = new Condition(Measure.COMPLAINT_RATE, Comparison.BELOW, PERCENT / 10);
        return new LevelRules(
                caps,
                List.of(
                        new LevelRule(
                                "U1",
                                Consequence.UP,
                                0,
                                List.of(
                                        sentEnough,
                                        new Condition(Measure.INVALID_RATE, Comparison.BELOW, 5 * PERCENT),
                                        new Condition(Measure.DELIVERED_RATE, Comparison.ABOVE, 92 * PERCENT),
                                        new Condition(Measure.SPAM_REJECTED_RATE, Comparison.BELOW, 5 * PERCENT / 2),
                                        fewComplaints)),
                        new LevelRule(
                                "U2",
                                Consequence.UP,
                                0,
                                List.of(
                                        sentEnough,
                                        new Condition(Measure.DELIVERED_RATE, Comparison.ABOVE, 90 * PERCENT),
                                        fewComplaints,
                                        new Condition(Measure.OPEN_RATE, Comparison.ABOVE, 50 * PERCENT))),
                        feared("D1", Consequence.DOWN, Measure.INVALID_RATE, Comparison.ABOVE, 9 * PERCENT),
                        feared("D2", Consequence.DOWN, Measure.DELIVERED_RATE, Comparison.BELOW, 65 * PERCENT),
                        feared("D3", Consequence.DOWN, Measure.SPAM_REJECTED_RATE, Comparison.ABOVE, 5 * PERCENT),
                        feared("D4", Consequence.DOWN, Measure.COMPLAINT_RATE, Comparison.ABOVE, PERCENT / 2),
                        feared("B1", Consequence.BAN, Measure.INVALID_RATE, Comparison.ABOVE, 11 * PERCENT),
                        feared("B2", Consequence.BAN, Measure.SPAM_REJECTED_RATE, Comparison.ABOVE, 15 * PERCENT)));
    }

    private static LevelRule feared(
            String id, Consequence consequence, Measure measure, Comparison comparison, long thresholdPpm) {
        return new LevelRule(id, consequence, 300, List.of(new Condition(measure, comparison, thresholdPpm)));
    }

    /** Mails a day at a level: 0 at level 0, the highest level's above it. */
    public long cap(int level) {
        return level <= 0 ? 0 : caps.get(Math.min(level, HIGHEST_LEVEL) - 1);
    }

    /** All rules in their order. */
    public List<LevelRule> rules() {
        return rules;
    }

    /**
     * Holds a day against every rule.
     *
     * @param level 0 to 20, or above for a cap set by hand
     * @param cap mails a day now
     */
    public LevelVerdict judge(int level, long cap, DayTally tally) {
        List<LevelVerdict.RuleFigures> figures = new ArrayList<>(rules.size());
        for (LevelRule rule : rules) {
            List<LevelVerdict.ConditionFigure> conditions = new ArrayList<>();
            boolean met = tally.sent() > rule.floor() || rule.floor() == 0;
            for (Condition condition : rule.conditions()) {
                boolean holds = condition.holds(tally, cap);
                met &= holds;
                long missing = rule.consequence() == Consequence.UP
                        ? condition.missing(tally, cap)
                        : condition.headroom(tally, cap);
                conditions.add(new LevelVerdict.ConditionFigure(
                        condition, condition.measure().count(tally), condition.figure(tally, cap), holds, missing));
            }
            figures.add(new LevelVerdict.RuleFigures(rule, met && possible(rule, level), conditions));
        }
        return new LevelVerdict(strongest(figures), figures);
    }

    /** Level 0 is left by an unblock only, and level 20 by the operator only; nothing falls below 0. */
    private static boolean possible(LevelRule rule, int level) {
        return switch (rule.consequence()) {
            case UP -> level >= 1 && level < HIGHEST_LEVEL;
            case DOWN, BAN -> level >= 1;
        };
    }

    private static Optional<Consequence> strongest(List<LevelVerdict.RuleFigures> figures) {
        return figures.stream()
                .filter(LevelVerdict.RuleFigures::met)
                .map(figure -> figure.rule().consequence())
                .max(Comparator.naturalOrder());
    }
}
