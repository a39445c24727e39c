package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hongyan.server.reputation.DayTally;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.reputation.Reputation;
import org.hongyan.server.sender.SenderAddresses;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.Templates;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page: does anything need me, is my mail arriving, how much may I still send. */
@Controller
final class OverviewPages {

    private static final int TEMPLATES_LOOKED_AT = 100;

    /**
     * One step of the first-run checklist.
     *
     * @param next whether it is the first that is not done
     */
    record Step(boolean done, boolean next, String text, String path) {}

    /** One verified domain's day. */
    record Quota(SendingDomain domain, DomainStanding standing) {}

    private final SendingDomains domains;
    private final SenderAddresses senders;
    private final Templates templates;
    private final Reputation reputation;
    private final Attention attention;
    private final OverviewSentence sentence;

    OverviewPages(
            SendingDomains domains,
            SenderAddresses senders,
            Templates templates,
            Reputation reputation,
            Attention attention,
            OverviewSentence sentence) {
        this.domains = domains;
        this.senders = senders;
        this.templates = templates;
        this.reputation = reputation;
        this.attention = attention;
        this.sentence = sentence;
    }

    @GetMapping("/console")
    String overview(Member member, Model model) {
        List<SendingDomain> owned = domains.list(member.account());
        List<Template> written = templates.list(member.account(), 0, TEMPLATES_LOOKED_AT);
        Map<Long, DomainStanding> standings = owned.isEmpty()
                ? Map.of()
                : reputation.standings(owned.stream().map(SendingDomain::id).collect(Collectors.toSet()));
        List<Quota> quotas = owned.stream()
                .filter(domain -> domain.verifiedAt() != null)
                .map(domain -> new Quota(domain, Objects.requireNonNull(standings.get(domain.id()))))
                .toList();
        DayTally today =
                quotas.stream().map(quota -> quota.standing().today()).reduce(DayTally.ZERO, OverviewPages::sum);
        long admitted =
                quotas.stream().mapToLong(quota -> quota.standing().admitted()).sum();
        model.addAttribute("needs", attention.of(member.account(), owned, written));
        model.addAttribute("quotas", quotas);
        model.addAttribute("today", today);
        model.addAttribute("admitted", admitted);
        model.addAttribute("waiting", Math.max(0, admitted - today.sent()));
        model.addAttribute("sentence", sentence.of(today, admitted, quotas));
        model.addAttribute("steps", steps(member, owned, written, admitted > 0 || today.sent() > 0));
        return "console/overview/page";
    }

    /** Empty once all is done: then the checklist has nothing to say any more. */
    private List<Step> steps(Member member, List<SendingDomain> owned, List<Template> written, boolean sent) {
        boolean[] done = {
            owned.stream().anyMatch(domain -> domain.verifiedAt() != null),
            !senders.list(member.account()).isEmpty(),
            written.stream().anyMatch(template -> template.approved() != null),
            sent
        };
        String[] texts = {"first.domain", "first.sender", "first.template", "first.send"};
        String[] paths = {
            owned.size() == 1
                    ? "/console/domains/" + owned.getFirst().name().ascii()
                    : owned.isEmpty() ? "/console/domains/new" : "/console/domains",
            "/console/senders/new",
            written.isEmpty() ? "/console/templates/new" : "/console/templates",
            "/console/send"
        };
        List<Step> steps = new ArrayList<>();
        boolean before = true;
        for (int i = 0; i < done.length; i++) {
            steps.add(new Step(done[i], before && !done[i], texts[i], paths[i]));
            before &= done[i];
        }
        // The last step alone would come back every morning.
        return done[0] && done[1] && done[2] ? List.of() : steps;
    }

    private static DayTally sum(DayTally a, DayTally b) {
        return new DayTally(
                a.sent() + b.sent(),
                a.delivered() + b.delivered(),
                a.invalid() + b.invalid(),
                a.spamRejected() + b.spamRejected(),
                a.complaints() + b.complaints(),
                a.opens() + b.opens(),
                a.clicks() + b.clicks());
    }
}
