package org.hongyan.server.reputation;

import java.util.List;
import java.util.Optional;
import org.hongyan.server.reputation.LevelRule.Condition;
import org.hongyan.server.reputation.LevelRule.Consequence;

/**
 * What the rules say of a day, with the figures that led to it.
 *
 * @param decision the strongest consequence that applies; empty for none
 * @param rules every rule with its figures, in the order of the table
 */
public record LevelVerdict(Optional<Consequence> decision, List<RuleFigures> rules) {

    /** Copies the list. */
    public LevelVerdict {
        rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param met whether the rule applies: floor and all conditions, and a level that can still move that way
     */
    public record RuleFigures(LevelRule rule, boolean met, List<ConditionFigure> conditions) {
        /** Copies the list. */
        public RuleFigures {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * One condition of a rule.
     *
     * @param count what was counted
     * @param figure the share, 0 to 1 and above
     * @param missing of a raise: mails missing until it holds; of the others: how many more would make it hold
     */
    public record ConditionFigure(Condition condition, long count, double figure, boolean holds, long missing) {}

    /** The first rule that leads to the decision. */
    public Optional<RuleFigures> cause() {
        return rules.stream()
                .filter(rule -> rule.met()
                        && decision.filter(rule.rule().consequence()::equals).isPresent())
                .findFirst();
    }
}
