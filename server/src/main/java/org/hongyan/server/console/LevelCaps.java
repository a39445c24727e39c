package org.hongyan.server.console;

/** The ladder as it is drawn: mails a day of each level (product rule 4). The domain's own cap is the reputation room's. */
final class LevelCaps {

    static final int HIGHEST = 20;

    private static final long[] CAPS = {
        500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 150_000, 200_000, 300_000, 400_000,
        500_000, 600_000, 700_000, 800_000, 900_000, 1_000_000
    };

    private LevelCaps() {}

    /** @param level 1 to 20 */
    static long of(int level) {
        return CAPS[level - 1];
    }
}
