package org.hongyan.server.submission;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hongyan.server.refusal.Refusal;

/**
 * Which further header fields a sender may set: none that the message is built of, that a relay writes, or that we
 * promise something with. Pure.
 */
final class HeaderRules {

    private static final int MOST = 50;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 2000;

    private static final Set<String> OURS = Set.of(
            "from",
            "sender",
            "to",
            "cc",
            "bcc",
            "reply-to",
            "subject",
            "date",
            "received",
            "return-path",
            "delivered-to",
            "mime-version",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "feedback-id",
            "dkim-signature",
            "domainkey-signature",
            "authentication-results",
            "received-spf");

    /** Left and right part of printable ASCII without what would need quoting. */
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?A-Z\\[-~^]{1,120}@[!-;=?A-Z\\[-~^]{1,120}>");

    private HeaderRules() {}

    static Optional<Refusal> check(Map<String, String> headers) {
        if (headers.size() > MOST) {
            return refused("", "more than " + MOST + " header fields");
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            Optional<Refusal> refusal = check(header.getKey(), header.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> check(String name, String value) {
        boolean plain = name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':');
        if (name.isEmpty() || name.length() > LONGEST_NAME || !plain) {
            return refused(name, "not the name of a header field");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (OURS.contains(lower)
                || lower.startsWith("content-")
                || lower.startsWith("resent-")
                || lower.startsWith("arc-")) {
            return refused(name, "this header field cannot be set");
        }
        if (value.length() > LONGEST_VALUE) {
            return refused(name, "longer than " + LONGEST_VALUE + " characters");
        }
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            return refused(name, "a control character");
        }
        if (value.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            return refused(name, "half of a character");
        }
        if (lower.equals("message-id") && !MESSAGE_ID.matcher(value).matches()) {
            return refused(name, "not of the form <left@right>");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String name, String problem) {
        return Optional.of(new Refusal.HeaderIllegal(name, problem));
    }
}
