package org.hongyan.server.smtp;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hongyan.mail.message.HeaderField;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.submission.Submission;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of us in the header of its message, in fields {@code X-Hongyan-…} that never leave the service
 * (docs/smtp.md). One that is not known, twice there or malformed is refused: a typo would otherwise go unnoticed.
 *
 * @param tag for the client's own sorting; null for none
 * @param unsubscribe null when the message does not say
 * @param track null when the message does not say
 * @param timeToLive null when the message does not say
 * @param idempotencyKey null for none
 */
record ControlHeaders(
        @Nullable String tag,
        Submission.@Nullable Unsubscribe unsubscribe,
        @Nullable Track track,
        @Nullable Duration timeToLive,
        @Nullable String idempotencyKey,
        boolean trigger) {

    static final String TAG = "X-Hongyan-Tag";
    static final String UNSUBSCRIBE = "X-Hongyan-Unsubscribe";
    static final String TRACK = "X-Hongyan-Track";
    static final String TTL = "X-Hongyan-TTL";
    static final String IDEMPOTENCY_KEY = "X-Hongyan-Idempotency-Key";
    static final String TRIGGER = "X-Hongyan-Trigger";

    private static final String PREFIX = "x-hongyan-";
    private static final Set<String> KNOWN = Set.of("tag", "unsubscribe", "track", "ttl", "idempotency-key", "trigger");

    private static final Pattern TAG_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern KEY_FORM = Pattern.compile("[!-~]{1,128}");
    private static final Pattern TTL_FORM = Pattern.compile("([0-9]{1,8})\\s?(s|m|h|d|)");
    private static final Duration LONGEST_TTL = Duration.ofDays(30);

    /** Which links and images of the message report back. */
    enum Track {
        OFF,
        OPENS,
        CLICKS,
        ON
    }

    /** Whether a field is one of these, known or not. */
    static boolean names(HeaderField field) {
        return field.name().toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /** @param onMeans the language of an unsubscribe line that is asked for without one */
    static Outcome<ControlHeaders> of(List<HeaderField> fields, Submission.Unsubscribe onMeans) {
        Map<String, String> given = new HashMap<>();
        for (HeaderField field : fields) {
            if (names(field)) {
                String name = field.name().toLowerCase(Locale.ROOT).substring(PREFIX.length());
                if (!KNOWN.contains(name)) {
                    return illegal(field.name(), "there is no such field, see docs/smtp.md");
                }
                if (given.putIfAbsent(name, field.unfolded()) != null) {
                    return illegal(field.name(), "it is there twice");
                }
            }
        }
        return given.isEmpty()
                ? Outcome.done(new ControlHeaders(null, null, null, null, null, false))
                : read(given, onMeans);
    }

    private static Outcome<ControlHeaders> read(Map<String, String> given, Submission.Unsubscribe onMeans) {
        String tag = given.get("tag");
        if (tag != null && !TAG_FORM.matcher(tag).matches()) {
            return illegal(TAG, "1 to 64 letters, digits, dots, hyphens and underscores");
        }
        String unsubscribe = given.get("unsubscribe");
        Optional<Submission.Unsubscribe> language = unsubscribe == null
                ? Optional.empty()
                : unsubscribe.equalsIgnoreCase("on") ? Optional.of(onMeans) : unsubscribe(unsubscribe);
        if (unsubscribe != null && language.isEmpty()) {
            return illegal(UNSUBSCRIBE, "on, off or a language such as zh-CN or en");
        }
        String track = given.get("track");
        Optional<Track> tracked = track == null
                ? Optional.empty()
                : Arrays.stream(Track.values())
                        .filter(value -> value.name().equalsIgnoreCase(track))
                        .findFirst();
        if (track != null && tracked.isEmpty()) {
            return illegal(TRACK, "on, off, opens or clicks");
        }
        String ttl = given.get("ttl");
        Optional<Duration> life = ttl == null ? Optional.empty() : duration(ttl);
        if (ttl != null && life.isEmpty()) {
            return illegal(TTL, "a time such as 900, 15m, 2h or 1d, at most 30d");
        }
        String key = given.get("idempotency-key");
        if (key != null && !KEY_FORM.matcher(key).matches()) {
            return illegal(IDEMPOTENCY_KEY, "1 to 128 printable ASCII characters without spaces");
        }
        String trigger = given.getOrDefault("trigger", "off");
        if (!trigger.equalsIgnoreCase("on") && !trigger.equalsIgnoreCase("off")) {
            return illegal(TRIGGER, "on or off");
        }
        return Outcome.done(new ControlHeaders(
                tag,
                language.orElse(null),
                tracked.orElse(null),
                life.orElse(null),
                key,
                trigger.equalsIgnoreCase("on")));
    }

    /** The language of that tag, or none for {@code off}; empty when it is neither. */
    static Optional<Submission.Unsubscribe> unsubscribe(String text) {
        if (text.equalsIgnoreCase("off")) {
            return Optional.of(Submission.Unsubscribe.NONE);
        }
        return Arrays.stream(Submission.Unsubscribe.values())
                .filter(value -> value != Submission.Unsubscribe.NONE)
                .filter(value -> value.languageTag().equalsIgnoreCase(text))
                .findFirst();
    }

    private static Optional<Duration> duration(String text) {
        Matcher form = TTL_FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(1));
        Duration duration = switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
        return duration.isZero() || duration.compareTo(LONGEST_TTL) > 0 ? Optional.empty() : Optional.of(duration);
    }

    private static Outcome<ControlHeaders> illegal(String name, String problem) {
        return Outcome.refused(new Refusal.HeaderIllegal(name, problem));
    }
}
