package org.hongyan.server.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.hongyan.server.reputation.LevelRule.Condition;
import org.hongyan.server.reputation.LevelRule.Consequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelRulesTest {

    private static final LevelRules RULES = LevelRules.standard();

    @ParameterizedTest(name = "level {0}: sent {1} delivered {2} invalid {3} spam {4} complaints {5} opens {6}: {7}")
    @CsvSource(textBlock = """
            # level, sent, delivered, invalid, spamRejected, complaints, opens, met rules
            1, 350, 350, 0, 0, 0, 0, U1
            1, 349, 349, 0, 0, 0, 0, -
            # U1: invalid just under, at and over 5 %
            3, 2000, 1901, 99, 0, 0, 0, U1
            3, 2000, 1900, 100, 0, 0, 0, -
            # U1: delivered just over and at 92 %
            3, 2000, 1841, 0, 0, 0, 0, U1
            3, 2000, 1840, 0, 0, 0, 0, -
            # U1: spam just under and at 2.5 %
            3, 2000, 1951, 0, 49, 0, 0, U1
            3, 2000, 1950, 0, 50, 0, 0, -
            # U1: complaints just under and at 0.1 % of delivered
            5, 10000, 10000, 0, 0, 9, 0, U1
            5, 10000, 10000, 0, 0, 10, 0, -
            # U2 rescues a delivered rate of 90 to 92 % by opens over 50 % of delivered
            3, 2000, 1801, 0, 0, 0, 901, U2
            3, 2000, 1801, 0, 0, 0, 900, -
            3, 2000, 1800, 0, 0, 0, 1800, -
            3, 1400, 1400, 0, 0, 0, 701, U1 U2
            # D1: just over and at 9 %, and the floor of 300
            4, 1000, 909, 91, 0, 0, 0, D1
            4, 1000, 910, 90, 0, 0, 0, -
            4, 300, 273, 27, 0, 0, 0, -
            4, 301, 273, 28, 0, 0, 0, D1
            4, 300, 260, 40, 0, 0, 0, -
            # D2: just under and at 65 %
            4, 1000, 649, 0, 0, 0, 0, D2
            4, 1000, 650, 0, 0, 0, 0, -
            4, 300, 10, 0, 0, 0, 0, -
            # D3: just over and at 5 %
            4, 1000, 949, 0, 51, 0, 0, D3
            4, 1000, 950, 0, 50, 0, 0, -
            # D4: just over and at 0.5 % of delivered
            4, 1000, 1000, 0, 0, 6, 0, D4
            4, 1000, 1000, 0, 0, 5, 0, -
            # B1 and B2 come with D1 and D3
            4, 1000, 889, 111, 0, 0, 0, D1 B1
            4, 1000, 890, 110, 0, 0, 0, D1
            4, 1000, 849, 0, 151, 0, 0, D3 B2
            4, 1000, 850, 0, 150, 0, 0, D3
            4, 300, 100, 200, 100, 0, 0, -
            # levels that do not move
            20, 900000, 900000, 0, 0, 0, 0, -
            21, 900000, 900000, 0, 0, 0, 0, -
            0, 1000, 500, 500, 0, 0, 0, -
            20, 1000, 880, 120, 0, 0, 0, D1 B1
            1, 0, 0, 0, 0, 0, 0, -
            """)
    void eachRuleHoldsJustWhereItShould(
            int level,
            long sent,
            long delivered,
            long invalid,
            long spamRejected,
            long complaints,
            long opens,
            String expected) {
        DayTally tally = new DayTally(sent, delivered, invalid, spamRejected, complaints, opens, 0);
        LevelVerdict verdict = RULES.judge(level, RULES.cap(level), tally);
        String met = verdict.rules().stream()
                .filter(LevelVerdict.RuleFigures::met)
                .map(rule -> rule.rule().id())
                .collect(Collectors.joining(" "));
        assertThat(met.isEmpty() ? "-" : met).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1,500",
        "2,1000",
        "3,2000",
        "4,5000",
        "5,10000",
        "6,20000",
        "7,40000",
        "8,60000",
        "9,80000",
        "10,100000",
        "11,150000",
        "12,200000",
        "13,300000",
        "14,400000",
        "15,500000",
        "16,600000",
        "17,700000",
        "18,800000",
        "19,900000",
        "20,1000000",
        "0,0"
    })
    void everyLevelHasItsCapAndRisesAtSeventyPercent(int level, long cap) {
        assertThat(RULES.cap(level)).isEqualTo(cap);
        long enough = Math.ceilDiv(cap * 7, 10);
        boolean rises = level >= 1 && level < LevelRules.HIGHEST_LEVEL;
        assertThat(decision(level, enough).isPresent()).isEqualTo(rises);
        assertThat(decision(level, Math.max(0, enough - 1))).isEmpty();
    }

    @Test
    void theStrongestConsequenceDecides() {
        DayTally bannedAndDown = new DayTally(1000, 880, 120, 0, 0, 0, 0);
        assertThat(RULES.judge(4, RULES.cap(4), bannedAndDown).decision()).contains(Consequence.BAN);
        // 90.5 % delivered with many opens earns U2, while 9.5 % invalid is D1.
        DayTally upAndDown = new DayTally(2000, 1810, 190, 0, 0, 1000, 0);
        LevelVerdict verdict = RULES.judge(3, RULES.cap(3), upAndDown);
        assertThat(verdict.decision()).contains(Consequence.DOWN);
        assertThat(verdict.cause())
                .hasValueSatisfying(cause -> assertThat(cause.rule().id()).isEqualTo("D1"));
    }

    @Test
    void whatIsMissingIsExactlyEnough() {
        DayTally tally = new DayTally(6_683, 6_100, 360, 200, 8, 2_441, 0);
        long cap = RULES.cap(5);
        for (Condition condition : RULES.rules().getFirst().conditions()) {
            long missing = condition.missing(tally, cap);
            if (missing > 0) {
                assertThat(condition.holds(withGood(tally, missing), cap))
                        .as("%s", condition)
                        .isTrue();
                assertThat(condition.holds(withGood(tally, missing - 1), cap))
                        .as("%s", condition)
                        .isFalse();
            }
        }
        Condition opens = RULES.rules().get(1).conditions().get(3);
        long missing = opens.missing(tally, cap);
        assertThat(opens.holds(withOpens(tally, missing), cap)).isTrue();
        assertThat(opens.holds(withOpens(tally, missing - 1), cap)).isFalse();
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        List<LevelRule> rules = RULES.rules();
        assertThatThrownBy(() -> new LevelRules(List.of(500L), rules)).hasMessageContaining("20 caps");
        assertThatThrownBy(() -> new Condition(Measure.OPEN_RATE, LevelRule.Comparison.ABOVE, 1_000_001))
                .hasMessageContaining("0 % to 100 %");
        assertThatThrownBy(() -> new LevelRule("X", Consequence.UP, 0, List.of()))
                .hasMessageContaining("no condition");
    }

    private static java.util.Optional<Consequence> decision(int level, long sent) {
        return RULES.judge(level, RULES.cap(level), new DayTally(sent, sent, 0, 0, 0, 0, 0))
                .decision();
    }

    private static DayTally withGood(DayTally tally, long more) {
        return new DayTally(
                tally.sent() + more,
                tally.delivered() + more,
                tally.invalid(),
                tally.spamRejected(),
                tally.complaints(),
                tally.opens(),
                0);
    }

    private static DayTally withOpens(DayTally tally, long more) {
        return new DayTally(
                tally.sent(),
                tally.delivered(),
                tally.invalid(),
                tally.spamRejected(),
                tally.complaints(),
                tally.opens() + more,
                0);
    }
}
