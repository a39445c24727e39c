package org.hongyan.server.reputation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hongyan.server.reputation.LevelRule.Condition;
import org.hongyan.server.reputation.LevelRule.Consequence;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers imagined days in JSON, one object a line: the rules' verdict with its figures. Changes nothing. Thread-safe.
 *
 * <p>In: {@code level} (needed), {@code sent}, {@code delivered}, {@code invalid}, {@code spamRejected}, {@code
 * complaints}, {@code opens} (0 when absent), {@code cap} (the level's when absent). Out: {@code decision} ({@code up},
 * {@code down}, {@code ban} or {@code none}, the strongest that applies), {@code rules} (one entry for each condition of
 * each rule), {@code missing} (for each rule of a raise, the mails missing by measure; empty when it is met).
 */
public final class WhatIf {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long LARGEST_COUNT = 1_000_000_000_000L;

    /** A line that cannot be answered. */
    @SuppressWarnings("serial")
    private static final class Unanswerable extends Exception {
        Unanswerable(String problem) {
            super(problem, null, false, false);
        }
    }

    private final LevelRules rules;

    /** Answers by these rules. */
    public WhatIf(LevelRules rules) {
        this.rules = rules;
    }

    /** One line in, one line out; a line that makes no sense gets an object with {@code error}. */
    public String answer(String line) {
        try {
            return JSON.writeValueAsString(answer(JSON.readTree(line)));
        } catch (JacksonException notJson) {
            return error("the line is not a JSON object");
        } catch (Unanswerable unanswerable) {
            return error("" + unanswerable.getMessage());
        }
    }

    private static String error(String problem) {
        return JSON.writeValueAsString(Map.of("error", problem));
    }

    private ObjectNode answer(JsonNode day) throws Unanswerable {
        if (!day.isObject()) {
            throw new Unanswerable("the line is not a JSON object");
        }
        int level = (int) number(day, "level")
                .orElseThrow(() -> new Unanswerable("level is needed: 0 to 20"))
                .longValue();
        if (level > LevelRules.HIGHEST_LEVEL + 1) {
            throw new Unanswerable("level must be 0 to 20, or 21 for a cap set by hand");
        }
        long cap = number(day, "cap").orElse(rules.cap(level));
        DayTally tally = new DayTally(
                count(day, "sent"),
                count(day, "delivered"),
                count(day, "invalid"),
                count(day, "spamRejected"),
                count(day, "complaints"),
                count(day, "opens"),
                0);
        return written(level, cap, rules.judge(level, cap, tally));
    }

    private static ObjectNode written(int level, long cap, LevelVerdict verdict) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put(
                "decision",
                verdict.decision().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse("none"));
        answer.put("level", level).put("cap", cap);
        ArrayNode entries = answer.putArray("rules");
        ObjectNode missing = answer.putObject("missing");
        for (LevelVerdict.RuleFigures rule : verdict.rules()) {
            boolean raise = rule.rule().consequence() == Consequence.UP;
            ObjectNode missingOfRule = raise ? missing.putObject(rule.rule().id()) : JSON.createObjectNode();
            for (LevelVerdict.ConditionFigure figure : rule.conditions()) {
                Condition condition = figure.condition();
                entries.addObject()
                        .put("rule", rule.rule().id())
                        .put("measure", condition.measure().wireName())
                        .put("figure", figure.figure())
                        .put("comparison", condition.comparison().sign())
                        .put("threshold", condition.thresholdPpm() / 1_000_000.0)
                        .put("met", raise ? figure.holds() : rule.met());
                if (raise && !figure.holds()) {
                    missingOfRule.put(condition.measure().wireName(), figure.missing());
                }
            }
        }
        return answer;
    }

    private static long count(JsonNode day, String name) throws Unanswerable {
        return number(day, name).orElse(0L);
    }

    private static Optional<Long> number(JsonNode day, String name) throws Unanswerable {
        JsonNode value = day.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Unanswerable(name + " must be a whole number");
        }
        long number = value.longValue();
        if (number < 0 || number > LARGEST_COUNT) {
            throw new Unanswerable(name + " must be 0 to " + LARGEST_COUNT);
        }
        return Optional.of(number);
    }
}
