package org.hongyan.sandbox.provider;

import java.time.Duration;
import java.util.List;
import org.hongyan.mail.smtp.Reply;

/**
 * What a receiving server, or the person behind it, does with mail for a recipient. {@link BehaviourText} is the written
 * form.
 */
public sealed interface Behaviour {

    /** Takes the mail and keeps it in the inbox. */
    record Accept() implements Behaviour {}

    /** Takes the mail and only counts it, for load tests. */
    record Discard() implements Behaviour {}

    /** Answers RCPT with a refusal. */
    record RejectRcpt(Reply reply) implements Behaviour {
        /** @throws IllegalArgumentException when the reply is no refusal */
        public RejectRcpt {
            requireRefusal(reply);
        }
    }

    /** Answers the end of the content with a refusal, for all recipients of the transaction. */
    record RejectData(Reply reply) implements Behaviour {
        /** @throws IllegalArgumentException when the reply is no refusal */
        public RejectData {
            requireRefusal(reply);
        }
    }

    /** Greets the connection with a refusal; only for the pattern {@code *}, since no recipient is known then. */
    record RejectConnection(Reply reply) implements Behaviour {
        /** @throws IllegalArgumentException when the reply is no refusal */
        public RejectConnection {
            requireRefusal(reply);
        }
    }

    /**
     * Refuses a new pair of return path and recipient for now, and takes it once {@code delay} is over (RFC 6647).
     *
     * @param delay measured from the first try, by the sandbox's clock
     */
    record Greylist(Duration delay) implements Behaviour {
        /** @throws IllegalArgumentException when the delay is out of its range */
        public Greylist {
            requireDelay(delay);
        }
    }

    /** Takes the mail, but waits before its answers to RCPT and to the end of the content. */
    record Slow(Duration delay) implements Behaviour {
        /** @throws IllegalArgumentException when the delay is out of its range */
        public Slow {
            requireDelay(delay);
        }
    }

    /** Cuts the connection without a reply. */
    record DropConnection(Stage stage) implements Behaviour {}

    /**
     * Takes so many mails a second and refuses the rest for now. The measure starts empty, so that even the first mail
     * after a pause may have to come again.
     *
     * @param perSecond at least 1; for a pattern set by call all it covers is counted together, for the local part
     *     {@code ratelimit} each address alone, for a domain the domain
     */
    record RateLimit(int perSecond) implements Behaviour {
        /** @throws IllegalArgumentException when the rate is not positive */
        public RateLimit {
            if (perSecond < 1) {
                throw new IllegalArgumentException("the rate is at least one mail a second");
            }
        }
    }

    /** Refuses each pair of return path and recipient so many times for now, then takes it. */
    record DeferTimes(int times) implements Behaviour {
        /** @throws IllegalArgumentException when the number is not positive */
        public DeferTimes {
            if (times < 1) {
                throw new IllegalArgumentException("a mail is deferred at least once");
            }
        }
    }

    /** Takes the mail; its reader then presses "this is spam", which sends a report (RFC 5965) to the return path. */
    record Complain(Duration after) implements Behaviour {
        /** @throws IllegalArgumentException when the delay is out of its range */
        public Complain {
            requireDelay(after);
        }
    }

    /**
     * Takes the mail; later a delivery report (RFC 3464) goes to the return path.
     *
     * @param reply what the report quotes as the diagnosis
     */
    record BounceLater(Duration after, Reply reply) implements Behaviour {
        /** @throws IllegalArgumentException when the delay is out of its range or the reply is no refusal */
        public BounceLater {
            requireDelay(after);
            requireRefusal(reply);
        }
    }

    /** Takes the mail; its reader then opens it, which fetches its images. */
    record Open(Duration after) implements Behaviour {
        /** @throws IllegalArgumentException when the delay is out of its range */
        public Open {
            requireDelay(after);
        }
    }

    /** Takes the mail; its reader then opens it and follows its links, the unsubscribe link left out. */
    record Click(Duration after) implements Behaviour {
        /** @throws IllegalArgumentException when the delay is out of its range */
        public Click {
            requireDelay(after);
        }
    }

    /** Takes the mail; its reader then presses the mail program's unsubscribe button (RFC 8058). */
    record UnsubscribeOneClick(Duration after) implements Behaviour {
        /** @throws IllegalArgumentException when the delay is out of its range */
        public UnsubscribeOneClick {
            requireDelay(after);
        }
    }

    /**
     * Different recipients behave differently, the same recipient always alike: its address decides.
     *
     * @param shares parts of a hundred; what is missing to a hundred accepts
     */
    record Mixture(List<Share> shares) implements Behaviour {
        /** @throws IllegalArgumentException when there is no share, a nested mixture, or more than a hundred percent */
        public Mixture {
            shares = List.copyOf(shares);
            boolean nested = shares.stream().anyMatch(share -> share.behaviour() instanceof Mixture);
            int sum = shares.stream().mapToInt(Share::percent).sum();
            if (shares.isEmpty() || nested || sum > 100) {
                throw new IllegalArgumentException("a mixture has plain shares of at most 100 percent in all");
            }
        }
    }

    /** One part of a {@link Mixture}, 1 to 100 percent. */
    record Share(int percent, Behaviour behaviour) {
        /** @throws IllegalArgumentException when the percentage is out of its range */
        public Share {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("a share is 1 to 100 percent");
            }
        }
    }

    /** Where a connection is cut. */
    enum Stage {
        /** Before the greeting; only for the pattern {@code *}. */
        CONNECT,
        /** At MAIL; only for the pattern {@code *}. */
        MAIL,
        /** At RCPT. */
        RCPT,
        /** After the end of the content, before its reply: the client cannot know whether the mail was taken. */
        CONTENT
    }

    private static void requireRefusal(Reply reply) {
        if (!reply.isTransient() && !reply.isPermanent()) {
            throw new IllegalArgumentException("a refusal has a code from 400 to 599");
        }
    }

    private static void requireDelay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("a delay is at most one hour");
        }
    }
}
