package org.hongyan.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpFailure;
import org.hongyan.mail.smtp.SmtpFailure.Broken;
import org.hongyan.mail.smtp.SmtpFailure.Garbled;
import org.hongyan.mail.smtp.SmtpFailure.Rejected;
import org.hongyan.mail.smtp.SmtpFailure.TlsUnavailable;
import org.hongyan.mail.smtp.SmtpFailure.Unreachable;
import org.hongyan.mail.smtp.Stage;
import org.hongyan.mail.smtp.TlsPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureRulesTest {

    private static final TlsPolicy OPPORTUNISTIC = new TlsPolicy.Opportunistic();

    private final FailureRules rules =
            new FailureRules((host, reply) -> reply.text().contains("frequency"));

    @ParameterizedTest
    @CsvSource({
        // stage, reply, with another host to try, at the last host
        "GREETING, 421 4.3.2 busy,             next,         defer 4.3.2",
        "GREETING, 554 5.7.1 go away,          next,         defer 4.7.1",
        "GREETING, 554 go away,                next,         defer 4.0.0",
        "HELLO,    550 5.7.1 bad name,         next,         defer 4.7.1",
        "HELLO,    450 later,                  next,         defer 4.0.0",
        "MAIL,     421 4.7.0 too many,         next,         defer 4.7.0",
        "MAIL,     451 4.7.1 rate,             defer 4.7.1,  defer 4.7.1",
        "MAIL,     550 5.7.1 no,               bounce 5.7.1, bounce 5.7.1",
        "MAIL,     503 5.5.1 order,            defer 4.5.1,  defer 4.5.1",
        "MAIL,     530 5.7.0 STARTTLS first,   defer 4.7.0,  defer 4.7.0",
        "RCPT,     550 5.1.1 unknown,          bounce 5.1.1, bounce 5.1.1",
        "RCPT,     550 unknown,                bounce 5.0.0, bounce 5.0.0",
        "RCPT,     550 4.2.2 full,             bounce 5.2.2, bounce 5.2.2",
        "RCPT,     450 5.1.1 unknown,          defer 4.1.1,  defer 4.1.1",
        "RCPT,     550 frequency limited,      defer 4.0.0,  defer 4.0.0",
        "RCPT,     421 4.3.2 closing,          next,         defer 4.3.2",
        "DATA,     451 4.3.0 later,            defer 4.3.0,  defer 4.3.0",
        "DATA,     554 5.5.1 none,             bounce 5.5.1, bounce 5.5.1",
        "END,      421 4.3.2 closing,          defer 4.3.2,  defer 4.3.2",
        "END,      452 4.3.1 disk,             defer 4.3.1,  defer 4.3.1",
        "END,      554 5.7.1 spam,             bounce 5.7.1, bounce 5.7.1",
        "TLS,      554 5.7.1 spam,             next,         defer 4.7.4"
    })
    void repliesAreJudgedByStage(Stage stage, String reply, String notLast, String last) {
        SmtpFailure failure =
                new Rejected(stage, Reply.of(Integer.parseInt(reply.substring(0, 3)), reply.substring(4)));
        assertThat(judge(failure, false)).isEqualTo(notLast);
        assertThat(judge(failure, true)).isEqualTo(last);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void brokenConnectionsAreTemporaryAndNeverCopyAMailToASecondHost(Stage stage) {
        boolean afterContent = stage == Stage.CONTENT || stage == Stage.END;
        for (SmtpFailure failure : List.of(new Broken(stage, "reset", false), new Garbled(stage, "what?"))) {
            assertThat(judge(failure, false)).startsWith(afterContent ? "defer" : "next");
            assertThat(judge(failure, true)).startsWith("defer 4.");
        }
    }

    @Test
    void unreachableHostsGiveWay() {
        assertThat(judge(new Unreachable("refused"), false)).isEqualTo("next");
        assertThat(judge(new Unreachable("refused"), true)).isEqualTo("defer 4.4.1");
    }

    @Test
    void failedTlsIsRetriedInClearOnlyWhereThatIsAllowed() {
        Failure failure = new Failure.Conversation(new TlsUnavailable("handshake"));
        assertThat(told(rules.judge(failure, "mx", OPPORTUNISTIC, true))).isEqualTo("clear");
        for (TlsPolicy mandatory : List.of(new TlsPolicy.Encrypted(), new TlsPolicy.Verified())) {
            assertThat(told(rules.judge(failure, "mx", mandatory, false))).isEqualTo("next");
            assertThat(told(rules.judge(failure, "mx", mandatory, true))).isEqualTo("defer 4.7.4");
        }
    }

    @Test
    void whatTheDnsSaysIsJudged() {
        assertThat(judge(new Failure.NoSuchDomain("d"))).isEqualTo("bounce 5.1.2");
        assertThat(judge(new Failure.NullMx("d"))).isEqualTo("bounce 5.1.10");
        assertThat(judge(new Failure.NoHost("d"))).isEqualTo("bounce 5.4.4");
        assertThat(judge(new Failure.DnsUnavailable("r"))).isEqualTo("defer 4.4.3");
        assertThat(judge(new Failure.HostWithoutAddress("h"))).isEqualTo("defer 4.4.4");
        assertThat(judge(new Failure.NoCommonFamily("h"))).isEqualTo("defer 4.4.4");
        assertThat(judge(new Failure.Ourselves("h", "a"))).isEqualTo("bounce 5.4.6");
        assertThat(judge(new Failure.ForbiddenAddress("h", "a", "r"))).isEqualTo("defer 4.4.3");
        assertThat(judge(new Failure.TooLarge(2, 1))).isEqualTo("bounce 5.3.4");
        assertThat(judge(new Failure.NoSmtpUtf8("h"))).isEqualTo("bounce 5.6.7");
        assertThat(judge(new Failure.NoEightBit("h"))).isEqualTo("bounce 5.6.3");
        assertThat(judge(new Failure.StrayLineEnd())).isEqualTo("bounce 5.6.0");
    }

    private String judge(SmtpFailure failure, boolean lastHost) {
        return told(rules.judge(new Failure.Conversation(failure), "mx", OPPORTUNISTIC, lastHost));
    }

    private String judge(Failure failure) {
        return told(rules.judge(failure, "mx", OPPORTUNISTIC, true));
    }

    private static String told(Verdict verdict) {
        return switch (verdict) {
            case Verdict.NextHost() -> "next";
            case Verdict.RetryInClear() -> "clear";
            case Verdict.Defer(var status) -> "defer " + status;
            case Verdict.Bounce(var status) -> "bounce " + status;
        };
    }
}
