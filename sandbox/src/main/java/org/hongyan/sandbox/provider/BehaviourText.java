package org.hongyan.sandbox.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hongyan.mail.smtp.Reply;

/**
 * Behaviours as programs and people write them: a word and its values, such as {@code greylist 60s}, {@code reject-rcpt
 * 550 5.1.1 no such user} or {@code mix 60 accept; 30 open 2s; 10 click 3s}. What is written reads back as it was.
 */
public final class BehaviourText {

    private static final String FORMS = "accept, discard, reject-rcpt CODE TEXT, reject-data CODE TEXT,"
            + " reject-connection CODE TEXT, greylist TIME, slow TIME, drop connect|mail|rcpt|content, rate-limit N,"
            + " defer N, complain TIME, bounce-later TIME CODE TEXT, open TIME, click TIME, unsubscribe TIME,"
            + " mix PERCENT BEHAVIOUR; PERCENT BEHAVIOUR";

    private BehaviourText() {}

    /** The written form. */
    public static String of(Behaviour behaviour) {
        return switch (behaviour) {
            case Behaviour.Accept none -> "accept";
            case Behaviour.Discard none -> "discard";
            case Behaviour.RejectRcpt(Reply reply) -> "reject-rcpt " + reply;
            case Behaviour.RejectData(Reply reply) -> "reject-data " + reply;
            case Behaviour.RejectConnection(Reply reply) -> "reject-connection " + reply;
            case Behaviour.Greylist(Duration delay) -> "greylist " + text(delay);
            case Behaviour.Slow(Duration delay) -> "slow " + text(delay);
            case Behaviour.DropConnection(Behaviour.Stage stage) ->
                "drop " + stage.name().toLowerCase(Locale.ROOT);
            case Behaviour.RateLimit(int perSecond) -> "rate-limit " + perSecond;
            case Behaviour.DeferTimes(int times) -> "defer " + times;
            case Behaviour.Complain(Duration after) -> "complain " + text(after);
            case Behaviour.BounceLater(Duration after, Reply reply) -> "bounce-later " + text(after) + " " + reply;
            case Behaviour.Open(Duration after) -> "open " + text(after);
            case Behaviour.Click(Duration after) -> "click " + text(after);
            case Behaviour.UnsubscribeOneClick(Duration after) -> "unsubscribe " + text(after);
            case Behaviour.Mixture(List<Behaviour.Share> shares) ->
                shares.stream()
                        .map(share -> share.percent() + " " + of(share.behaviour()))
                        .collect(Collectors.joining("; ", "mix ", ""));
        };
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Behaviour parse(String text) {
        String stripped = text.strip();
        int space = stripped.indexOf(' ');
        String word = (space < 0 ? stripped : stripped.substring(0, space)).toLowerCase(Locale.ROOT);
        String rest = space < 0 ? "" : stripped.substring(space + 1).strip();
        return switch (word) {
            case "accept" -> new Behaviour.Accept();
            case "discard" -> new Behaviour.Discard();
            case "reject-rcpt" -> new Behaviour.RejectRcpt(reply(rest));
            case "reject-data" -> new Behaviour.RejectData(reply(rest));
            case "reject-connection" -> new Behaviour.RejectConnection(reply(rest));
            case "greylist" -> new Behaviour.Greylist(duration(rest));
            case "slow" -> new Behaviour.Slow(duration(rest));
            case "drop" -> new Behaviour.DropConnection(stage(rest));
            case "rate-limit" -> new Behaviour.RateLimit(number(rest));
            case "defer" -> new Behaviour.DeferTimes(number(rest));
            case "complain" -> new Behaviour.Complain(duration(rest));
            case "bounce-later" -> bounceLater(rest);
            case "open" -> new Behaviour.Open(duration(rest));
            case "click" -> new Behaviour.Click(duration(rest));
            case "unsubscribe" -> new Behaviour.UnsubscribeOneClick(duration(rest));
            case "mix" -> mixture(rest);
            default -> throw new IllegalArgumentException("a behaviour is one of: " + FORMS);
        };
    }

    private static Behaviour bounceLater(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("bounce-later takes a time, a code and a text");
        }
        return new Behaviour.BounceLater(duration(text.substring(0, space)), reply(text.substring(space + 1)));
    }

    private static Behaviour mixture(String text) {
        List<Behaviour.Share> shares = new ArrayList<>();
        for (String share : text.split(";")) {
            String stripped = share.strip();
            int space = stripped.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("a share of a mix is a percentage and a behaviour");
            }
            shares.add(new Behaviour.Share(number(stripped.substring(0, space)), parse(stripped.substring(space + 1))));
        }
        return new Behaviour.Mixture(shares);
    }

    private static Reply reply(String text) {
        if (!text.matches("[45]\\d\\d .+") || text.chars().anyMatch(c -> c < 32 || c == 127)) {
            throw new IllegalArgumentException("a refusal is a code from 400 to 599 and a text on one line");
        }
        return Reply.of(
                Integer.parseInt(text.substring(0, 3)), text.substring(4).strip());
    }

    private static Behaviour.Stage stage(String text) {
        try {
            return Behaviour.Stage.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("a connection is dropped at connect, mail, rcpt or content", unknown);
        }
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number below a million");
        }
        return Integer.parseInt(text);
    }

    /** {@code 500ms}, {@code 10s}, {@code 2m}; nothing written is no time at all. */
    private static Duration duration(String text) {
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        String digits = text.replaceAll("[a-z]+$", "");
        if (!digits.matches("\\d{1,7}")) {
            throw new IllegalArgumentException("'" + text + "' is not a time such as 500ms, 10s or 2m");
        }
        long number = Long.parseLong(digits);
        return switch (text.substring(digits.length())) {
            case "ms" -> Duration.ofMillis(number);
            case "s", "" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> throw new IllegalArgumentException("'" + text + "' is not a time such as 500ms, 10s or 2m");
        };
    }

    private static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
