package org.hongyan.server.console;

import java.util.List;
import org.hongyan.server.reputation.DayTally;
import org.springframework.stereotype.Component;

/** The answer with which the overview opens. */
@Component
final class OverviewSentence {

    private final Words words;
    private final Figures figures;

    OverviewSentence(Words words, Figures figures) {
        this.words = words;
        this.figures = figures;
    }

    String of(DayTally today, long admitted, List<OverviewPages.Quota> quotas) {
        if (quotas.isEmpty()) {
            return words.of("overview.say.no-domain");
        }
        long left =
                quotas.stream().mapToLong(quota -> quota.standing().remaining()).sum();
        if (admitted == 0 && today.sent() == 0) {
            return words.of("overview.say.nothing", figures.count(left));
        }
        if (today.sent() == 0) {
            return words.of("overview.say.waiting", figures.count(admitted), figures.count(left));
        }
        return words.of(
                "overview.say.sent",
                figures.count(today.sent()),
                figures.count(today.delivered()),
                figures.share(today.delivered(), today.sent()),
                figures.count(left));
    }
}
