package org.hongyan.server.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Numbers and times as the console writes them: thousands with commas in both languages, rates with their base, times
 * relative under an hour and to the minute else. Templates reach it as {@code @figures}. Thread-safe.
 */
@Component("figures")
final class Figures {

    /** What stands for a figure that nobody knows; zero is 0. */
    static final String UNKNOWN = "—";

    private static final DateTimeFormatter SAME_YEAR = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter OTHER_YEAR = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final DateTimeFormatter EXPORT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    /** Below this base a rate says less than its fraction. */
    private static final long FEW = 20;

    private final Clock clock;
    private final Words words;
    private final ZoneId zone;

    Figures(Clock clock, Words words, ConsoleZone zone) {
        this.clock = clock;
        this.words = words;
        this.zone = zone.id();
    }

    /** {@code 12,345}. */
    public String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share of a whole: one decimal, two under 1 %; the fraction itself when the whole is less than 20. */
    public String share(long part, long whole) {
        if (whole == 0) {
            return UNKNOWN;
        }
        if (whole < FEW) {
            return part + "/" + whole;
        }
        double percent = 100.0 * part / whole;
        return String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f%%" : "%.1f%%", percent);
    }

    /** Width of a bar, at most all of it; such as {@code 61.7%}. */
    public String width(long part, long whole) {
        double percent = whole <= 0 ? 0 : Math.min(100.0, 100.0 * part / whole);
        return String.format(Locale.ROOT, "%.1f%%", Math.max(0, percent));
    }

    /** Octets for people: {@code 812 B}, {@code 4.0 kB}, {@code 1.2 MB}. */
    public String size(long octets) {
        if (octets < 1_000) {
            return octets + " B";
        }
        return octets < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", octets / 1_000.0)
                : String.format(Locale.ROOT, "%.1f MB", octets / 1_000_000.0);
    }

    /** Relative within an hour to both sides, else {@code 11-24 14:32}; the dash for null. */
    public String when(@Nullable Instant time) {
        if (time == null) {
            return UNKNOWN;
        }
        Duration ago = Duration.between(time, clock.instant());
        if (ago.abs().compareTo(Duration.ofHours(1)) >= 0) {
            return at(time);
        }
        boolean past = !ago.isNegative();
        long seconds = ago.abs().toSeconds();
        if (seconds < 60) {
            return past && seconds < 2
                    ? words.of("time.now")
                    : words.of(past ? "time.seconds-ago" : "time.in-seconds", seconds);
        }
        return words.of(past ? "time.minutes-ago" : "time.in-minutes", seconds / 60);
    }

    /** {@code 11-24 14:32}, with the year when it is another one. */
    public String at(Instant time) {
        var local = time.atZone(zone);
        boolean thisYear = local.getYear() == clock.instant().atZone(zone).getYear();
        return (thisYear ? SAME_YEAR : OTHER_YEAR).format(local);
    }

    /** {@code 14:32} today, else as {@link #at}. */
    public String clock(@Nullable Instant time) {
        if (time == null) {
            return UNKNOWN;
        }
        var local = time.atZone(zone);
        return local.toLocalDate().equals(clock.instant().atZone(zone).toLocalDate()) ? CLOCK.format(local) : at(time);
    }

    /** {@code 2026-11-24 14:32:05 +08:00}, for the title of a shorter one. */
    public String full(Instant time) {
        return FULL.format(time.atZone(zone));
    }

    /** ISO 8601 with the zone, for files. */
    String export(Instant time) {
        return EXPORT.format(time.atZone(zone));
    }

    /** How long from then to now, in the largest unit that is not zero. */
    public String age(Instant since) {
        Duration age = Duration.between(since, clock.instant());
        if (age.toDays() > 0) {
            return words.of("time.days", age.toDays());
        }
        if (age.toHours() > 0) {
            return words.of("time.hours", age.toHours());
        }
        return words.of("time.minutes", Math.max(0, age.toMinutes()));
    }

    /** Name of the zone in which a day begins and ends here. */
    public String zone() {
        return zone.getId();
    }
}
