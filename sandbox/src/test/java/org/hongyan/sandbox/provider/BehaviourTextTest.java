package org.hongyan.sandbox.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.smtp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviourTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept",
                "discard",
                "reject-rcpt 550 5.1.1 no such user",
                "reject-data 554 5.7.1 spam",
                "reject-connection 421 4.3.2 not now",
                "greylist 60s",
                "slow 500ms",
                "drop connect",
                "drop mail",
                "drop rcpt",
                "drop content",
                "rate-limit 5",
                "defer 3",
                "complain 2s",
                "bounce-later 10s 550 5.1.1 gone",
                "open 1s",
                "click 0s",
                "unsubscribe 3s",
                "mix 60 accept; 30 open 2s; 5 reject-rcpt 550 5.1.1 no such user",
            })
    void whatIsWrittenReadsBackAsItWas(String text) {
        assertThat(BehaviourText.of(BehaviourText.parse(text))).isEqualTo(text);
    }

    @Test
    void timesAndCaseAreReadGenerously() {
        assertThat(BehaviourText.parse("  GREYLIST 2m ")).isEqualTo(new Behaviour.Greylist(Duration.ofMinutes(2)));
        assertThat(BehaviourText.parse("open")).isEqualTo(new Behaviour.Open(Duration.ZERO));
        assertThat(BehaviourText.parse("slow 3")).isEqualTo(new Behaviour.Slow(Duration.ofSeconds(3)));
        assertThat(BehaviourText.parse("reject-rcpt 550 no")).isEqualTo(new Behaviour.RejectRcpt(Reply.of(550, "no")));
        assertThat(BehaviourText.parse("mix 10 open"))
                .isEqualTo(new Behaviour.Mixture(List.of(new Behaviour.Share(10, new Behaviour.Open(Duration.ZERO)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "explode",
                "reject-rcpt",
                "reject-rcpt 250 fine",
                "reject-rcpt 550",
                "reject-data 600 x",
                "reject-rcpt 550 two\r\nlines",
                "greylist soon",
                "greylist 2h",
                "greylist -1s",
                "slow 61m",
                "drop everything",
                "rate-limit 0",
                "rate-limit many",
                "defer 0",
                "bounce-later 5s",
                "mix",
                "mix 60",
                "mix 60 open; 50 click",
                "mix 10 mix 10 open",
                "mix 0 open",
            })
    void whatIsNoBehaviourIsRefusedInWords(String text) {
        assertThatThrownBy(() -> BehaviourText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).{10,}");
    }

    @ParameterizedTest
    @CsvSource({
        "*, li@qq.com, true",
        "qq.com, li@qq.com, true",
        "@qq.com, li@qq.com, true",
        "qq.com, li@vip.qq.com, false",
        "*.qq.com, li@vip.qq.com, true",
        "li@qq.com, LI@QQ.com, true",
        "li@qq.com, lili@qq.com, false",
        "user*@*.com, user17@163.com, true",
        "user*7@qq.com, user17@qq.com, true",
        "user*7@qq.com, user18@qq.com, false",
        "a*b*c@qq.com, aXbXbXc@qq.com, true",
        "*@*, x@y.example, true",
    })
    void aPatternCoversWhatItsStarsLeaveOpen(String pattern, String address, boolean covered) {
        assertThat(RecipientPattern.parse(pattern).covers(EmailAddress.parse(address)))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b@c", "@", "a@", "two words@qq.com", "x\t@qq.com"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> RecipientPattern.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }
}
