package org.hongyan.mail.relay;

import java.util.Locale;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpFailure;
import org.hongyan.mail.smtp.Stage;

/**
 * Tells which failures say "slower", for the pacer. Wrong guesses cost pace for a while and nothing else, so a few words
 * do where classification for people has rules of its own.
 */
final class Congestion {

    private static final String[] WORDS = {
        "rate",
        "too many",
        "too much",
        "too fast",
        "frequen",
        "throttl",
        "limit",
        "busy",
        "slow down",
        "try again later",
        "unusual",
        "suspicious",
        "reputation",
        "temporarily deferred",
        "exceeded"
    };

    private Congestion() {}

    /** Whether the other side pushed back on the whole of our mail, not on one mail or mailbox. */
    static boolean isPushBack(SmtpFailure failure) {
        return failure instanceof SmtpFailure.Rejected(Stage stage, Reply reply) && isPushBack(stage, reply);
    }

    private static boolean isPushBack(Stage stage, Reply reply) {
        if (reply.code() == 421) {
            return true;
        }
        String text = reply.text().toLowerCase(Locale.ROOT);
        if (text.contains("greylist") || text.contains("graylist")) {
            return false;
        }
        boolean mailboxOnly = reply.enhancedStatus()
                .filter(status -> status.subject() == 1 || status.subject() == 2)
                .isPresent();
        return switch (stage) {
            case CONNECT, GREETING, HELLO -> true;
            case TLS, CONTENT -> false;
            case MAIL, RCPT, DATA, END -> !mailboxOnly && (stage == Stage.MAIL && reply.isTransient() || hasWord(text));
        };
    }

    private static boolean hasWord(String text) {
        for (String word : WORDS) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
