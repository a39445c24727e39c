package org.hongyan.server.reputation;

import java.util.List;

/**
 * One rule of the level table: it applies when more than {@code floor} were sent that day and all conditions hold.
 *
 * @param id {@code U1}, {@code D3}, {@code B2} …
 * @param floor mails; 0 for none
 * @param conditions at least one, all of which must hold
 */
public record LevelRule(String id, Consequence consequence, long floor, List<Condition> conditions) {

    /** @throws IllegalArgumentException when there is no condition or the floor is negative */
    public LevelRule {
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " has no condition");
        }
        if (floor < 0) {
            throw new IllegalArgumentException("the floor of rule " + id + " is negative");
        }
        conditions = List.copyOf(conditions);
    }

    /** What a rule leads to, the weakest first. */
    public enum Consequence {
        /** One level up, at once. */
        UP,
        /** One level down, from the next day. */
        DOWN,
        /** No sending for the rest of the day. */
        BAN
    }

    /** How a figure is held against its threshold. */
    public enum Comparison {
        AT_LEAST("≥"),
        BELOW("<"),
        ABOVE(">");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** The sign for people. */
        public String sign() {
            return sign;
        }
    }

    /**
     * A share against a threshold. Shares are compared as whole numbers, so no rounding ever decides.
     *
     * @param thresholdPpm parts per million: 70 % is 700,000
     */
    public record Condition(Measure measure, Comparison comparison, long thresholdPpm) {

        /** @throws IllegalArgumentException when the threshold is not within 0 to 1,000,000 */
        public Condition {
            if (thresholdPpm < 0 || thresholdPpm > 1_000_000) {
                throw new IllegalArgumentException("a threshold is 0 % to 100 %");
            }
        }

        /** Whether it holds. Over nothing a share is 0. */
        public boolean holds(DayTally tally, long cap) {
            long count = measure.count(tally);
            long base = measure.base(tally, cap);
            int order = Long.compare(Math.multiplyExact(count, 1_000_000L), Math.multiplyExact(base, thresholdPpm));
            return switch (comparison) {
                case AT_LEAST -> base > 0 && order >= 0;
                case BELOW -> base == 0 ? thresholdPpm > 0 : order < 0;
                case ABOVE -> base > 0 && order > 0;
            };
        }

        /** The share now, 0 to 1 and above; 0 over nothing. For people only. */
        public double figure(DayTally tally, long cap) {
            long base = measure.base(tally, cap);
            return base == 0 ? 0 : (double) measure.count(tally) / base;
        }

        /**
         * How many mails are missing until it holds (a condition that is wanted): more sent for {@link
         * Measure#SENT_SHARE}; further people who open for {@link Measure#OPEN_RATE}; further mails that are all
         * delivered, without new trouble, for the rates. 0 when it holds.
         */
        public long missing(DayTally tally, long cap) {
            if (holds(tally, cap)) {
                return 0;
            }
            long count = measure.count(tally);
            long base = measure.base(tally, cap);
            long below = 1_000_000L - thresholdPpm;
            return switch (measure) {
                case SENT_SHARE -> ceilDiv(base * thresholdPpm, 1_000_000L) - count;
                case OPEN_RATE -> base * thresholdPpm / 1_000_000L + 1 - count;
                // (count + x) / (base + x) > threshold
                case DELIVERED_RATE -> below == 0 ? -1 : (base * thresholdPpm - count * 1_000_000L) / below + 1;
                // count / (base + x) < threshold
                case INVALID_RATE, SPAM_REJECTED_RATE, COMPLAINT_RATE ->
                    thresholdPpm == 0 ? -1 : count * 1_000_000L / thresholdPpm + 1 - base;
            };
        }

        /**
         * How many more of the counted kind would make it hold (a condition that is feared), everything else as it is;
         * for {@link Measure#DELIVERED_RATE} how many fewer. 0 when it holds.
         */
        public long headroom(DayTally tally, long cap) {
            if (holds(tally, cap)) {
                return 0;
            }
            long count = measure.count(tally);
            long limit = measure.base(tally, cap) * thresholdPpm;
            return comparison == Comparison.BELOW
                    ? count - ceilDiv(limit, 1_000_000L) + 1
                    : limit / 1_000_000L + 1 - count;
        }

        private static long ceilDiv(long dividend, long divisor) {
            return Math.ceilDiv(dividend, divisor);
        }
    }
}
