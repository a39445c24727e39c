package org.hongyan.server.sender;

import java.util.Comparator;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver.Mx;

/** Whether bounces to the domain come to us (RFC 5321 §5.1). Pure. */
final class MxRule {

    private MxRule() {}

    static RecordJudgement judge(DomainName bounceHost, DnsAnswer<Mx> answer) {
        return switch (answer) {
            case DnsAnswer.Unavailable<Mx>(String why) -> RecordJudgement.unanswered(why);
            case DnsAnswer.NoSuchName<Mx>(), DnsAnswer.NoData<Mx>() -> RecordJudgement.missing("mx.missing");
            case DnsAnswer.Found<Mx> found -> judgeExchangers(bounceHost, found.records());
        };
    }

    private static RecordJudgement judgeExchangers(DomainName bounceHost, List<Mx> records) {
        List<Mx> sorted =
                records.stream().sorted(Comparator.comparingInt(Mx::preference)).toList();
        List<String> seen = sorted.stream().map(MxRule::text).toList();
        List<Mx> ours =
                sorted.stream().filter(mx -> bounceHost.equals(mx.exchange())).toList();
        List<Mx> others =
                sorted.stream().filter(mx -> !bounceHost.equals(mx.exchange())).toList();
        if (ours.isEmpty()) {
            boolean none = others.stream().allMatch(mx -> mx.exchange() == null);
            return RecordJudgement.mismatch(none ? "mx.null" : "mx.elsewhere", seen);
        }
        if (!others.isEmpty()
                && others.getFirst().preference() <= ours.getFirst().preference()) {
            return RecordJudgement.mismatch("mx.not-first", seen)
                    .with("first", text(others.getFirst()))
                    .with("ours", ours.getFirst().preference());
        }
        return RecordJudgement.pass("mx.pass", seen);
    }

    private static String text(Mx mx) {
        return mx.preference() + " "
                + (mx.exchange() == null ? "." : mx.exchange().ascii());
    }
}
