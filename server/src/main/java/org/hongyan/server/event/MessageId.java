package org.hongyan.server.event;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What acceptance answers with and every later question names: unguessable, and carries its shard and the second in
 * which the mail was accepted.
 *
 * @param text {@code hy-<shard, two hex digits>-<yyyyMMddHHmmss in UTC>-<20 characters of base 32>}
 */
public record MessageId(String text) implements Comparable<MessageId> {

    /** Shards that the mail of all nodes is spread over; a message belongs to one of them for ever. */
    public static final int SHARDS = 64;

    private static final Pattern FORM = Pattern.compile("hy-([0-9a-f]{2})-([0-9]{14})-([a-z2-7]{20})");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";

    /** @throws IllegalArgumentException when the text has not this form */
    public MessageId {
        Matcher form = FORM.matcher(text);
        if (!form.matches()
                || Integer.parseInt(form.group(1), 16) >= SHARDS
                || second(form.group(2)).isEmpty()) {
            throw new IllegalArgumentException("not a message ID");
        }
    }

    /** A fresh one of 100 random bits. */
    public static MessageId fresh(int shard, Instant acceptedAt, SecureRandom random) {
        byte[] bits = new byte[20];
        random.nextBytes(bits);
        StringBuilder text = new StringBuilder(41).append("hy-");
        text.append(Character.forDigit(shard >> 4, 16)).append(Character.forDigit(shard & 15, 16));
        text.append('-')
                .append(SECOND.format(acceptedAt.atOffset(ZoneOffset.UTC)))
                .append('-');
        for (byte bit : bits) {
            text.append(BASE_32.charAt(bit & 31));
        }
        return new MessageId(text.toString());
    }

    /** Reads what a caller gives; empty when it has not this form. */
    public static Optional<MessageId> tryParse(String text) {
        try {
            return Optional.of(new MessageId(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** 0 to {@link #SHARDS} - 1. */
    public int shard() {
        return Integer.parseInt(text, 3, 5, 16);
    }

    /** The time of acceptance without its fraction of a second. */
    public Instant acceptedSecond() {
        return second(text.substring(6, 20)).orElseThrow();
    }

    /** The 20 random characters. */
    public String secret() {
        return text.substring(21);
    }

    private static Optional<Instant> second(String digits) {
        try {
            return Optional.of(LocalDateTime.parse(digits, SECOND).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(MessageId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
