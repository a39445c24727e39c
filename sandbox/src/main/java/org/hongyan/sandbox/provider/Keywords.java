package org.hongyan.sandbox.provider;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;

/**
 * Behaviours chosen by a word: the local part of the recipient up to a plus or minus sign, or the first label of a
 * two-label domain under {@code .test}.
 */
final class Keywords {

    private static final Duration SOON = Duration.ofSeconds(1);

    private Keywords() {}

    /** What the local part asks for; the suffix after {@code +} or {@code -} only makes addresses differ. */
    static Optional<Behaviour> ofLocalPart(EmailAddress recipient) {
        String local = recipient.localPart().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < local.length() && local.charAt(end) != '+' && local.charAt(end) != '-') {
            end++;
        }
        return of(local.substring(0, end), ProviderStyle.of(recipient.domain()), 1);
    }

    /** What the domain asks for. */
    static Optional<Behaviour> ofDomain(EmailAddress recipient) {
        String domain = recipient.domain().ascii();
        int dot = domain.indexOf('.');
        return dot > 0 && domain.substring(dot).equals(".test")
                ? of(domain.substring(0, dot), ProviderStyle.of(recipient.domain()), 10)
                : Optional.empty();
    }

    private static Optional<Behaviour> of(String word, ProviderStyle style, int perSecond) {
        return Optional.ofNullable(
                switch (word) {
                    case "accept" -> new Behaviour.Accept();
                    case "sink" -> new Behaviour.Discard();
                    case "unknown" -> new Behaviour.RejectRcpt(style.unknownUser());
                    case "disabled" -> new Behaviour.RejectRcpt(style.disabled());
                    case "full" -> new Behaviour.RejectRcpt(style.full());
                    case "policy" -> new Behaviour.RejectRcpt(style.policy());
                    case "blocked" -> new Behaviour.RejectRcpt(style.blocked());
                    case "spam" -> new Behaviour.RejectData(style.spam());
                    case "ratelimit" -> new Behaviour.RateLimit(perSecond);
                    case "grey" -> new Behaviour.Greylist(Duration.ofSeconds(10));
                    case "defer" -> new Behaviour.DeferTimes(2);
                    case "slow" -> new Behaviour.Slow(Duration.ofSeconds(3));
                    case "drop" -> new Behaviour.DropConnection(Behaviour.Stage.CONTENT);
                    case "complaint" -> new Behaviour.Complain(SOON);
                    case "bouncelater" -> new Behaviour.BounceLater(SOON, style.unknownUser());
                    case "open" -> new Behaviour.Open(SOON);
                    case "click" -> new Behaviour.Click(SOON);
                    case "unsubscribe" -> new Behaviour.UnsubscribeOneClick(SOON);
                    default -> null;
                });
    }
}
