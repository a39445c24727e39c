package org.hongyan.mail.relay;

import org.hongyan.mail.smtp.EnhancedStatus;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpFailure;
import org.hongyan.mail.smtp.Stage;
import org.hongyan.mail.smtp.TlsPolicy;

/**
 * Decides what a failed step means for its recipients: try the next host, defer, or bounce (RFC 5321 §4.2.1, §4.5.4.1,
 * §5.1). Anything we do not understand is temporary: a wrong retry costs minutes, a wrong bounce loses the mail.
 */
final class FailureRules {

    private static final EnhancedStatus NO_ANSWER_FROM_HOST = new EnhancedStatus(4, 4, 1);
    private static final EnhancedStatus BAD_CONNECTION = new EnhancedStatus(4, 4, 2);
    private static final EnhancedStatus DIRECTORY_FAILURE = new EnhancedStatus(4, 4, 3);
    private static final EnhancedStatus UNABLE_TO_ROUTE = new EnhancedStatus(4, 4, 4);
    private static final EnhancedStatus PROTOCOL_TROUBLE = new EnhancedStatus(4, 5, 0);
    static final EnhancedStatus NO_SECURITY = new EnhancedStatus(4, 7, 4);
    private static final EnhancedStatus NO_SUCH_DOMAIN = new EnhancedStatus(5, 1, 2);
    private static final EnhancedStatus NULL_MX = new EnhancedStatus(5, 1, 10);
    private static final EnhancedStatus TOO_LARGE = new EnhancedStatus(5, 3, 4);
    private static final EnhancedStatus NO_ROUTE = new EnhancedStatus(5, 4, 4);
    private static final EnhancedStatus LOOP = new EnhancedStatus(5, 4, 6);
    private static final EnhancedStatus BAD_CONTENT = new EnhancedStatus(5, 6, 0);
    private static final EnhancedStatus CONVERSION_REQUIRED = new EnhancedStatus(5, 6, 3);
    private static final EnhancedStatus ADDRESS_NOT_SUPPORTED = new EnhancedStatus(5, 6, 7);

    private final PassingRejections passing;

    FailureRules(PassingRejections passing) {
        this.passing = passing;
    }

    /**
     * Judges a failure.
     *
     * @param host the host it happened at, or the domain where there was none
     * @param tls the policy it happened under
     * @param lastHost whether there is no other host to try; then the verdict is never {@link Verdict.NextHost}
     */
    Verdict judge(Failure failure, String host, TlsPolicy tls, boolean lastHost) {
        return switch (failure) {
            case Failure.Conversation(SmtpFailure conversation) -> judge(conversation, host, tls, lastHost);
            case Failure.NoSuchDomain noSuchDomain -> new Verdict.Bounce(NO_SUCH_DOMAIN);
            case Failure.NullMx nullMx -> new Verdict.Bounce(NULL_MX);
            case Failure.NoHost noHost -> new Verdict.Bounce(NO_ROUTE);
            case Failure.DnsUnavailable unavailable -> nextHostOrDefer(lastHost, DIRECTORY_FAILURE);
            // Somebody may be in the middle of changing it, and the mail expires by itself if nobody is.
            case Failure.HostWithoutAddress withoutAddress -> nextHostOrDefer(lastHost, UNABLE_TO_ROUTE);
            case Failure.NoCommonFamily noCommonFamily -> nextHostOrDefer(lastHost, UNABLE_TO_ROUTE);
            case Failure.Ourselves ourselves -> lastHost ? new Verdict.Bounce(LOOP) : new Verdict.NextHost();
            case Failure.ForbiddenAddress forbidden -> nextHostOrDefer(lastHost, DIRECTORY_FAILURE);
            case Failure.ForbiddenHost forbidden -> nextHostOrDefer(lastHost, NO_SECURITY);
            case Failure.TooLarge tooLarge -> new Verdict.Bounce(TOO_LARGE);
            case Failure.NoSmtpUtf8 noSmtpUtf8 -> new Verdict.Bounce(ADDRESS_NOT_SUPPORTED);
            case Failure.NoEightBit noEightBit -> new Verdict.Bounce(CONVERSION_REQUIRED);
            case Failure.StrayLineEnd strayLineEnd -> new Verdict.Bounce(BAD_CONTENT);
        };
    }

    private Verdict judge(SmtpFailure failure, String host, TlsPolicy tls, boolean lastHost) {
        return switch (failure) {
            case SmtpFailure.Unreachable unreachable -> nextHostOrDefer(lastHost, NO_ANSWER_FROM_HOST);
            case SmtpFailure.TlsUnavailable unavailable ->
                tls.isMandatory() ? nextHostOrDefer(lastHost, NO_SECURITY) : new Verdict.RetryInClear();
            case SmtpFailure.Broken(Stage stage, String reason, boolean timedOut) ->
                afterContent(stage) ? new Verdict.Defer(BAD_CONNECTION) : nextHostOrDefer(lastHost, BAD_CONNECTION);
            case SmtpFailure.Garbled(Stage stage, String reason) ->
                afterContent(stage) ? new Verdict.Defer(PROTOCOL_TROUBLE) : nextHostOrDefer(lastHost, PROTOCOL_TROUBLE);
            case SmtpFailure.Rejected(Stage stage, Reply reply) -> rejected(stage, reply, host, lastHost);
        };
    }

    private Verdict rejected(Stage stage, Reply reply, String host, boolean lastHost) {
        return switch (stage) {
            // A 5xx greeting condemns that host, not the recipient: Postfix skips it too (smtp_skip_5xx_greeting).
            case CONNECT, GREETING, HELLO -> nextHostOrDefer(lastHost, status(4, reply));
            case TLS -> nextHostOrDefer(lastHost, NO_SECURITY);
            case MAIL, RCPT, DATA, CONTENT, END -> {
                if (reply.isPermanent() && !isAboutUs(reply) && !passing.isPassing(host, reply)) {
                    yield new Verdict.Bounce(status(5, reply));
                }
                // The host says good-bye before it took anything: its neighbour may have more time.
                yield reply.code() == 421 && !afterContent(stage)
                        ? nextHostOrDefer(lastHost, status(4, reply))
                        : new Verdict.Defer(status(4, reply));
            }
        };
    }

    /** 503 bad sequence, 530 TLS or login wanted, 538: the two hosts do not agree how to talk; the mail is not at fault. */
    private static boolean isAboutUs(Reply reply) {
        return reply.code() == 503 || reply.code() == 530 || reply.code() == 538;
    }

    /** From the first octet of content to the reply, a second host would risk a second copy in the same attempt. */
    private static boolean afterContent(Stage stage) {
        return stage == Stage.CONTENT || stage == Stage.END;
    }

    private static Verdict nextHostOrDefer(boolean lastHost, EnhancedStatus status) {
        return lastHost ? new Verdict.Defer(status) : new Verdict.NextHost();
    }

    /** The status that the reply tells, put into the class that was decided. */
    private static EnhancedStatus status(int statusClass, Reply reply) {
        return reply.enhancedStatus()
                .filter(told -> told.statusClass() != 2)
                .map(told -> new EnhancedStatus(statusClass, told.subject(), told.detail()))
                .orElse(new EnhancedStatus(statusClass, 0, 0));
    }
}
