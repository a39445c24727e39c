package org.hongyan.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hongyan.server.policy.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPolicyTest {

    private static final ContentPolicy POLICY = TestPolicy.standard();
    private static final String CLEAN =
            "<p>Your order has been shipped and will arrive on Friday. You can unsubscribe" + " at any time.</p>";

    private static List<Finding> html(String html) {
        return POLICY.examine("Your order", html, null, List.of());
    }

    private static List<Finding> text(String text) {
        return POLICY.examine("Your order", null, "Hello, this is about your order, unsubscribe. " + text, List.of());
    }

    private static List<Finding> of(PolicyRule rule, List<Finding> findings) {
        return findings.stream().filter(each -> each.rule().equals(rule.name())).toList();
    }

    @Test
    void anOrdinaryMailIsClean() {
        assertThat(html(CLEAN)).isEmpty();
        assertThat(POLICY.examine(
                        "{{code}} 是你的验证码", null, "{{name}}，你好：你的登录验证码是 {{code}}，15 分钟内有效，请不要告诉别人。退订请回复本邮件。", List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "QQ：12345678",
                "加ＱＱ１２３４５６７８咨询",
                "Q Q 1 2 3 4 5 6 7",
                "q.q: 123-456-789",
                "QQ一二三四五六七八",
                "QQ①②③④⑤⑥⑦",
                "扣扣 987654321",
                "QQ群号：123456789",
                "Q群 1234 56789",
                "加群123456789领取",
                "微信：abc12345",
                "微信 abc_12345",
                "薇信号：hongyan2020",
                "微\u200B信\u200B号 hy12345",
                "V信 13800138000",
                "vx：13800138000",
                "wx13800138000",
                "WeChat ID: goose_2020",
                "weixin:goose2020",
                "wеchat: goose2020",
                "微信１３８００１３８０００",
                "QQ:1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣"
            })
    void chatNumbersAreRefusedHoweverTheyAreWritten(String text) {
        assertThat(of(PolicyRule.C1, text(text))).as(text).isNotEmpty().first().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.REFUSED);
            assertThat(finding.place()).startsWith("text:1:");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "请用微信支付完成付款，订单号 20240101123456。",
                "Pay with WeChat Pay or card.",
                "邮箱 service@qq.com，电话 4001234567",
                "Write to 123456789@qq.com",
                "见 https://mail.qq.com/12345678",
                "FAQ: 12345678 questions answered",
                "Our FAQ, Q1 2024: 12345678 visits",
                "订单号 123456789012，运单号 987654321012",
                "关注我们的微信公众号了解更多",
                "Invoice 12345678, phone 010-12345678",
                "威信是诚实得来的 12345678"
            })
    void ordinaryNumbersAndWordsAreLeftAlone(String text) {
        assertThat(of(PolicyRule.C1, text(text))).as(text).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"加我微信了解", "扫码加群", "长按二维码关注", "微信：{{wechat}}", "QQ {{number}}", "微信号：goosegoose"})
    void invitationsToChatsAreForAPerson(String text) {
        assertThat(of(PolicyRule.C1, text(text)))
                .extracting(Finding::severity)
                .as(text)
                .contains(Severity.NEEDS_PERSON)
                .doesNotContain(Severity.REFUSED);
    }

    @Test
    void aNumberBrokenByTagsIsFoundAtItsPlace() {
        List<Finding> findings = of(
                PolicyRule.C1,
                html(
                        "<p>Hello &amp; welcome to our shop, unsubscribe</p>\n<p>R&amp;D: <b>Q</b><i>Q</i> 123<span>456</span>78</p>"));
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().place()).isEqualTo("html:2:16");
        assertThat(findings.getFirst().matched()).isEqualTo("QQ 12345678");
    }

    @Test
    void alternativeTextsAndSubjectsAreReadToo() {
        assertThat(of(PolicyRule.C1, html(CLEAN + "<img alt='QQ:12345678' src='cid:a'>")))
                .hasSize(1);
        assertThat(of(PolicyRule.C1, POLICY.examine("QQ:12345678", CLEAN, null, List.of())))
                .extracting(Finding::place)
                .containsExactly("subject:1:1");
        assertThat(of(PolicyRule.C1, html(CLEAN + "<a href='tencent://message/?uin=12345678'>chat</a>")))
                .hasSize(1);
        assertThat(of(PolicyRule.C1, html(CLEAN + "<a href='https://u.wechat.com/abc'>add</a>")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "澳门赌场开业, REFUSED",
        "澳 门 赌.场, REFUSED",
        "代開发票, ",
        "代开发票, REFUSED",
        "Buy viagra now, NEEDS_PERSON",
        "ＰＯＲＮ, REFUSED",
        "popcorn and unicorn, ",
        "本店提供贷款, NEEDS_PERSON",
        "现代考古发现, NEEDS_PERSON",
        "scunthorpe casinos, "
    })
    void sensitiveWordsAreFoundAsWords(String text, Severity severity) {
        List<Finding> findings = of(PolicyRule.C3, text(text));
        if (severity == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).isNotEmpty();
            assertThat(findings.getFirst().severity()).isEqualTo(severity);
        }
    }

    @Test
    void theOperatorAddsWordsAndAllowsOthers() {
        ContentPolicy own = TestPolicy.with(Map.of(
                "hongyan.policy.sensitive-words", "打折,?crypto wallet",
                "hongyan.policy.allowed-words", "viagra"));
        List<Finding> findings =
                own.examine("s", null, "unsubscribe here: 全场打 折, Crypto Wallet, viagra and more text", List.of());
        assertThat(of(PolicyRule.C3, findings))
                .extracting(Finding::matched, Finding::severity)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("打 折", Severity.REFUSED),
                        org.assertj.core.groups.Tuple.tuple("Crypto Wallet", Severity.NEEDS_PERSON));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            javascript:alert(1)               | C4
            JaVa\tScript:alert(1)             | C4
            &#106;avascript:alert(1)          | C4
            data:text/html,hello              | C4
            vbscript:x                        | C4
            file:///etc/passwd                | C4
            http://203.0.113.5/pay            | C4
            https://[2001:db8::1]/            | C4
            http://2130706433/                | C4
            http://0x7f.1/                    | C4
            https://bank.test@evil.test/      | C4
            //203.0.113.5/x                   | C4
            https://t.cn/A6abc                | C13
            https://bit.ly/3abc               | C13
            """)
    void linksThatHideOrRunAreFound(String target, String rule) {
        List<Finding> findings = html(CLEAN + "<a href=\"" + target + "\">see</a>");
        assertThat(findings).extracting(Finding::rule).contains(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.com/1.2.3.4/x",
                "mailto:a@example.com",
                "tel:+8613800138000",
                "#top",
                "{{url}}",
                "https://example.com/{{path}}?a=b@c",
                "https://192-0-2-1.example.com/"
            })
    void ordinaryLinksAreLeftAlone(String target) {
        assertThat(html(CLEAN + "<a href=\"" + target + "\">see</a>")).isEmpty();
    }

    @Test
    void aLinkMustNotNameAnotherSite() {
        assertThat(of(PolicyRule.C12, html(CLEAN + "<a href='https://evil.test/login'>www.bank.example.com</a>")))
                .hasSize(1);
        assertThat(html(CLEAN + "<a href='https://click.example.com/r?u=1'>www.example.com</a>"))
                .isEmpty();
        assertThat(html(CLEAN + "<a href='https://evil.test/login'>our offers</a>"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>x()</script>",
                "<form action='https://a.example.com'><input name=p></form>",
                "<iframe src='https://a.example.com'></iframe>",
                "<object data='x'></object>",
                "<img src=x onerror=alert(1)>",
                "<meta http-equiv=Refresh content='0;url=https://a.example.com'>",
                "<svg><script>x</script></svg>",
                "<div style='width:expression(alert(1))'>x</div>",
                "<base href='https://a.example.com'>"
            })
    void activeContentIsRefused(String active) {
        assertThat(of(PolicyRule.C11, html(CLEAN + active)))
                .extracting(Finding::severity)
                .contains(Severity.REFUSED);
    }

    @Test
    void stylesFromElsewhereAreForAPerson() {
        assertThat(of(PolicyRule.C11, html("<link rel=stylesheet href=https://a.example.com/x.css>" + CLEAN)))
                .extracting(Finding::severity)
                .containsExactly(Severity.NEEDS_PERSON);
        assertThat(of(PolicyRule.C11, html("<style>@import url(x.css);</style>" + CLEAN)))
                .hasSize(1);
    }

    @Test
    void whatAMailIsMadeOfIsMeasured() {
        assertThat(html("<img src='https://a.example.com/1.png'>"))
                .extracting(Finding::rule)
                .contains("C5", "C10");
        assertThat(html("<p>Hi unsubscribe</p>" + "<img src=cid:a>".repeat(51)))
                .extracting(Finding::rule)
                .contains("C8");
        assertThat(of(PolicyRule.C6, POLICY.examine("s", null, "hi", List.of())))
                .hasSize(1);
        assertThat(of(PolicyRule.C7, POLICY.examine("s", "<p>{{all}}</p>", null, List.of())))
                .extracting(Finding::severity)
                .containsExactly(Severity.REFUSED);
        assertThat(of(PolicyRule.C7, POLICY.examine("s", "<p>{{a}} {{b}} {{c}} to unsubscribe</p>", null, List.of())))
                .extracting(Finding::severity)
                .containsExactly(Severity.NEEDS_PERSON);
        assertThat(of(PolicyRule.C9, POLICY.examine("", CLEAN, null, List.of())))
                .extracting(Finding::severity)
                .containsExactly(Severity.ADVICE);
    }

    @Test
    void findingsAreBoundedAndTheGravestComeFirst() {
        List<Finding> findings =
                html("<p>hello</p>" + "<a href='https://t.cn/x'>x</a>\n".repeat(200) + "<a href='javascript:x'>y</a>");
        assertThat(findings).hasSize(50);
        assertThat(findings.getFirst().severity()).isEqualTo(Severity.REFUSED);
        assertThat(ContentPolicy.gravest(findings)).isEqualTo(Severity.REFUSED);
        assertThat(ContentPolicy.gravest(List.of())).isNull();
    }

    @Test
    void everyRuleHasWordsInBothLanguages() {
        for (PolicyRule rule : PolicyRule.values()) {
            String english = PolicyTexts.name(rule.name(), Locale.ENGLISH);
            String chinese = PolicyTexts.name(rule.name(), Locale.TRADITIONAL_CHINESE);
            assertThat(english).isNotEqualTo(rule.name());
            assertThat(chinese).isNotEqualTo(rule.name()).isNotEqualTo(english);
            assertThat(PolicyTexts.advice(rule.name(), Locale.ENGLISH)).isNotEmpty();
            assertThat(PolicyTexts.advice(rule.name(), Locale.CHINA)).isNotEmpty();
        }
        for (Severity severity : Severity.values()) {
            assertThat(PolicyTexts.name(severity, Locale.CHINA)).isNotEqualTo(PolicyTexts.name(severity, Locale.US));
        }
    }
}
