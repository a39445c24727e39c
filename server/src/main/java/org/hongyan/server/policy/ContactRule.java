package org.hongyan.server.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hongyan.server.policy.Finding.Severity;

/**
 * C1: no WeChat, QQ or group numbers. Looks through full-width and Chinese digits, spaces and dots between characters,
 * invisible characters, and words broken by tags.
 *
 * <p>No pattern nests one quantifier in another over the same characters, so all run in linear time on hostile text.
 */
final class ContactRule {

    /** What may stand between the characters of a disguised word or number. */
    private static final String GAP = "[\\s._*·•~,，、|/\\\\-]{0,3}";

    private static final String NUMBER = "\\d(?:" + GAP + "\\d){4,14}";

    /** What stands between a word and its number: labels, arrows, brackets. */
    private static final String LABEL = "[\\s:：=＝号號码碼是为為加群裙id(（\\[【<>→➜+＋\"'“”-]{0,12}";

    private static final String COLON = "[\\s]{0,3}(?:号码|账号|帐号|号|號|id|:|=)[\\s:=是为(\\[【]{0,6}";

    private static final String WECHAT = "(?:微" + GAP + "信|薇" + GAP + "信|徽" + GAP + "信|维" + GAP
            + "信|威" + GAP + "信|v" + GAP + "信|微" + GAP + "x(?![a-z])|(?<![a-z0-9@.])w" + GAP + "e" + GAP + "c" + GAP
            + "h"
            + GAP + "a" + GAP + "t(?![a-z])|(?<![a-z0-9@.])w" + GAP + "e" + GAP + "i" + GAP + "x" + GAP + "i" + GAP
            + "n(?![a-z.])|(?<![a-z0-9@.])[vw]" + GAP + "x(?![a-z.]))";

    private static final String QQ = "(?:(?<![a-z0-9@.])q" + GAP + "q(?![a-z]|\\.com|" + GAP + "邮箱|" + GAP
            + "mail)|扣扣|抠抠|蔻蔻|企鹅号|(?<![a-z0-9])q号)";

    private static final String GROUP =
            "(?:(?<![a-z0-9])q" + GAP + "q?" + GAP + "[群裙]|群号|裙号|群號|加群|加裙|进群|交流群|福利群|group number|group no)";

    private record Trace(Pattern pattern, Severity severity) {}

    private static final List<Trace> TRACES = List.of(
            new Trace(Pattern.compile(QQ + LABEL + NUMBER), Severity.REFUSED),
            new Trace(Pattern.compile(GROUP + LABEL + NUMBER), Severity.REFUSED),
            // An identifier with a digit in it is one even without a label; "WeChat Pay" is none.
            new Trace(Pattern.compile(WECHAT + LABEL + "(?=[a-z_-]{0,18}\\d)[a-z0-9_-]{5,20}"), Severity.REFUSED),
            new Trace(Pattern.compile(WECHAT + LABEL + NUMBER), Severity.REFUSED),
            new Trace(Pattern.compile(WECHAT + COLON + "[a-z][a-z0-9_-]{4,19}"), Severity.NEEDS_PERSON),
            // Nobody knows what the variable will hold.
            new Trace(
                    Pattern.compile("(?:" + WECHAT + "|" + QQ + "|" + GROUP + ")" + LABEL + "\\{\\{"),
                    Severity.NEEDS_PERSON),
            new Trace(
                    Pattern.compile(
                            "(?:加|添加|联系)[我们客服老师的]{0,4}" + WECHAT
                                    + "|扫[描]?[码一1下二2维]{0,5}[码]?(?:加|添加|关注|进群|入群)|长按[识别]{0,2}[二2]维码|加我?[好友]{0,2}[vq](?![a-z])|scan the qr code"),
                    Severity.NEEDS_PERSON));

    /** Schemes and hosts that open a chat. */
    private static final Pattern CHAT_LINK = Pattern.compile(
            "^(?:tencent:|mqq\\w*:|weixin:|wechat:|https?://(?:wpa\\.qq\\.com|qm\\.qq\\.com|jq\\.qq\\.com|u\\.wechat\\.com|wpa1?\\.qq\\.com|work\\.weixin\\.qq\\.com/(?:ca|gm|kfid|u)/))");

    /** Each place costs a walk over the text, so hostile content must not have as many as it likes. */
    private static final int MOST_FINDINGS = 100;

    private ContactRule() {}

    static List<Finding> examine(Content content) {
        List<Finding> findings = new ArrayList<>();
        for (Passage passage : content.passages()) {
            FoldedText folded = FoldedText.of(passage.text(), FoldedText.Style.NUMERALS);
            int refusedUntil = -1;
            for (Trace trace : TRACES) {
                Matcher matcher = trace.pattern().matcher(folded.text());
                while (findings.size() < MOST_FINDINGS && matcher.find()) {
                    int start = folded.origin(matcher.start());
                    int end = folded.origin(matcher.end() - 1) + 1;
                    boolean told = trace.severity() != Severity.REFUSED && start < refusedUntil;
                    if (!told) {
                        findings.add(new Finding(
                                PolicyRule.C1,
                                trace.severity(),
                                passage.placeOf(start),
                                passage.text()
                                        .substring(
                                                start,
                                                Math.min(end, passage.text().length()))));
                    }
                    refusedUntil = trace.severity() == Severity.REFUSED ? Math.max(refusedUntil, end) : refusedUntil;
                }
            }
        }
        return findings;
    }

    /** Whether a link opens a chat. */
    static boolean isChatLink(String target) {
        return CHAT_LINK.matcher(target).find();
    }
}
