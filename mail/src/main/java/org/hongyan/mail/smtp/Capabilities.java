package org.hongyan.mail.smtp;

import java.util.Locale;

/**
 * What a server announced in its reply to EHLO (RFC 5321 §4.1.1.1).
 *
 * @param largestMessage octets (RFC 1870); 0 when no limit was announced
 */
public record Capabilities(
        boolean pipelining,
        boolean startTls,
        boolean eightBitMime,
        boolean smtpUtf8,
        boolean chunking,
        boolean size,
        long largestMessage) {

    /** Of a server that only knows HELO. */
    static final Capabilities NONE = new Capabilities(false, false, false, false, false, false, 0);

    /** Reads the lines after the first; what is not understood is passed over. */
    static Capabilities of(Reply reply) {
        boolean pipelining = false;
        boolean startTls = false;
        boolean eightBitMime = false;
        boolean smtpUtf8 = false;
        boolean chunking = false;
        boolean size = false;
        long largest = 0;
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            String[] words = line.strip().split("\\s+", 3);
            switch (words[0].toUpperCase(Locale.ROOT)) {
                case "PIPELINING" -> pipelining = true;
                case "STARTTLS" -> startTls = true;
                case "8BITMIME" -> eightBitMime = true;
                case "SMTPUTF8" -> smtpUtf8 = true;
                case "CHUNKING" -> chunking = true;
                case "SIZE" -> {
                    size = true;
                    largest = words.length > 1 ? number(words[1]) : 0;
                }
                default -> {
                    // An extension that we have no use for.
                }
            }
        }
        return new Capabilities(pipelining, startTls, eightBitMime, smtpUtf8, chunking, size, largest);
    }

    Capabilities withoutPipelining() {
        return new Capabilities(false, startTls, eightBitMime, smtpUtf8, chunking, size, largestMessage);
    }

    private static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : 0;
    }
}
