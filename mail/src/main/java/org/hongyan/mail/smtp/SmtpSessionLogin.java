package org.hongyan.mail.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One AUTH exchange (RFC 4954) by PLAIN (RFC 4616) or LOGIN; knows the wire form, not who may sign in. */
final class SmtpSessionLogin {

    /** What to do next. */
    sealed interface Step {
        /** Send this 334 and read a line. */
        record Ask(Reply challenge) implements Step {}

        /** The exchange is over: check these. */
        record Check(String user, String password) implements Step {}

        /** The exchange is over: refuse it. */
        record Refuse(Reply reply) implements Step {}
    }

    private static final Step.Ask ASK_PLAIN = new Step.Ask(Reply.of(334, ""));
    private static final Step.Ask ASK_USER = new Step.Ask(Reply.of(334, "VXNlcm5hbWU6"));
    private static final Step.Ask ASK_PASSWORD = new Step.Ask(Reply.of(334, "UGFzc3dvcmQ6"));
    private static final Step.Refuse MALFORMED = new Step.Refuse(SmtpServerReplies.BAD_BASE64);

    private enum Mechanism {
        PLAIN,
        LOGIN
    }

    private final Mechanism mechanism;
    private @Nullable String user;

    private SmtpSessionLogin(Mechanism mechanism) {
        this.mechanism = mechanism;
    }

    /** Begins an exchange; null when the mechanism is not offered. */
    static @Nullable SmtpSessionLogin of(String name) {
        if (name.equalsIgnoreCase("PLAIN")) {
            return new SmtpSessionLogin(Mechanism.PLAIN);
        }
        return name.equalsIgnoreCase("LOGIN") ? new SmtpSessionLogin(Mechanism.LOGIN) : null;
    }

    /** @param initial the initial response of the AUTH command, empty when it has none; {@code =} is the empty response */
    Step begin(String initial) {
        if (initial.isEmpty()) {
            return mechanism == Mechanism.PLAIN ? ASK_PLAIN : ASK_USER;
        }
        return respond(initial.equals("=") ? "" : initial);
    }

    /** @param response one line of the client */
    Step respond(String response) {
        if (response.equals("*")) {
            return new Step.Refuse(SmtpServerReplies.AUTH_CANCELLED);
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(response);
        } catch (IllegalArgumentException notBase64) {
            return MALFORMED;
        }
        String text = utf8(decoded);
        if (text == null) {
            return MALFORMED;
        }
        return switch (mechanism) {
            case PLAIN -> plain(text);
            case LOGIN -> login(text);
        };
    }

    private static Step plain(String text) {
        int first = text.indexOf('\0');
        int second = text.indexOf('\0', first + 1);
        if (first < 0 || second < 0 || text.indexOf('\0', second + 1) >= 0) {
            return MALFORMED;
        }
        String actingFor = text.substring(0, first);
        String user = text.substring(first + 1, second);
        // Nobody may act for somebody else here.
        boolean allowed = isName(user) && (actingFor.isEmpty() || actingFor.equals(user));
        return allowed
                ? new Step.Check(user, text.substring(second + 1))
                : new Step.Refuse(SmtpServerReplies.BAD_CREDENTIALS);
    }

    private Step login(String text) {
        String named = user;
        if (named == null) {
            user = text;
            return ASK_PASSWORD;
        }
        return isName(named) && text.indexOf('\0') < 0
                ? new Step.Check(named, text)
                : new Step.Refuse(SmtpServerReplies.BAD_CREDENTIALS);
    }

    private static boolean isName(String user) {
        return !user.isEmpty() && user.length() <= 320 && user.chars().noneMatch(Character::isISOControl);
    }

    private static @Nullable String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
