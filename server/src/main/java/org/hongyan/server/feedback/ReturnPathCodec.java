package org.hongyan.server.feedback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.event.MessageId;

/**
 * Variable envelope return paths: {@code b-<shard><time><secret><ordinal>-<signature>@<sending domain>}. All of it is in
 * lower case and base 32, since relays on the way may fold the case of a local part, and fits in its 64 octets. Pure
 * and thread-safe.
 */
final class ReturnPathCodec {

    private static final Pattern FORM =
            Pattern.compile("b-([0-9a-f]{2})([0-9a-z]{7})([a-z2-7]{20})([0-9a-z]{3})-([a-z2-7]{16})");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LARGEST_ORDINAL = 36 * 36 * 36 - 1;

    private final SecretKeySpec key;

    ReturnPathCodec(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** Whose report it is. */
    record Origin(MessageId messageId, int ordinal) {}

    EmailAddress encode(Origin origin, DomainName domain) {
        if (origin.ordinal() > LARGEST_ORDINAL) {
            throw new IllegalArgumentException("more recipients than a return path can tell apart");
        }
        MessageId id = origin.messageId();
        String facts = id.text().substring(3, 5)
                + padded(id.acceptedSecond().getEpochSecond(), 7)
                + id.secret()
                + padded(origin.ordinal(), 3);
        return new EmailAddress("b-" + facts + "-" + signature(facts, domain), domain);
    }

    /** Empty for anything that we have not signed, or whose time is over. */
    Optional<Origin> decode(EmailAddress address, Instant oldest) {
        Matcher form = FORM.matcher(address.localPart().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        String facts = form.group(1) + form.group(2) + form.group(3) + form.group(4);
        byte[] given = form.group(5).getBytes(StandardCharsets.US_ASCII);
        byte[] right = signature(facts, address.domain()).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(given, right)) {
            return Optional.empty();
        }
        Instant accepted = Instant.ofEpochSecond(Long.parseLong(form.group(2), 36));
        if (accepted.isBefore(oldest)) {
            return Optional.empty();
        }
        String text =
                "hy-" + form.group(1) + "-" + SECOND.format(accepted.atOffset(ZoneOffset.UTC)) + "-" + form.group(3);
        return MessageId.tryParse(text).map(id -> new Origin(id, Integer.parseInt(form.group(4), 36)));
    }

    private static String padded(long number, int width) {
        String digits = Long.toString(number, 36);
        return "0".repeat(width - digits.length()) + digits;
    }

    private String signature(String facts, DomainName domain) {
        byte[] octets = mac(facts + "@" + domain.ascii());
        StringBuilder text = new StringBuilder(16);
        long bits = 0;
        int held = 0;
        for (int i = 0; i < 10; i++) {
            bits = bits << 8 | octets[i] & 0xff;
            held += 8;
            while (held >= 5) {
                held -= 5;
                text.append(BASE_32.charAt((int) (bits >> held & 31)));
            }
        }
        return text.toString();
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
