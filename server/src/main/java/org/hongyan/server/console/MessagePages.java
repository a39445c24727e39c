package org.hongyan.server.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.event.MessageHistory;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.event.RecipientState;
import org.hongyan.server.event.RecipientStatus;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where is one mail: searched by its ID, its recipient or its day, and the whole of its life. */
@Controller
final class MessagePages {

    private static final String LIST = "/console/messages";
    private static final int PAGE = 50;
    /** How far back a search without dates looks. */
    private static final Duration LOOK_BACK = Duration.ofDays(30);

    private final MessageHistory history;
    private final SendingDomains domains;
    private final ConsoleZone zone;
    private final Clock clock;

    MessagePages(MessageHistory history, SendingDomains domains, ConsoleZone zone, Clock clock) {
        this.history = history;
        this.domains = domains;
        this.zone = zone;
        this.clock = clock;
    }

    @GetMapping(LIST)
    String find(
            Member member,
            @RequestParam(name = "q", defaultValue = "") String typed,
            @RequestParam(name = "from", defaultValue = "") String from,
            @RequestParam(name = "until", defaultValue = "") String until,
            @RequestParam(name = "offset", defaultValue = "0") int offset,
            Model model) {
        String q = typed.strip();
        if (q.startsWith("hy-")
                && !history.recipients(member.account(), new MessageId(q)).isEmpty()) {
            return "redirect:" + LIST + "/" + q;
        }
        if (isOwnDomain(member, q)) {
            return "redirect:/console/domains/" + DomainName.parse(q).ascii();
        }
        Instant now = clock.instant();
        Instant first = day(from, now.minus(LOOK_BACK));
        Instant last = until.isBlank() ? now.plusSeconds(1) : day(until, now).plus(Duration.ofDays(1));
        int skipped = Math.max(0, offset);
        List<RecipientStatus> found = history.find(
                member.account(),
                new MessageHistory.Question(
                        first,
                        last,
                        q.startsWith("hy-") ? new MessageId(q) : null,
                        q.isEmpty() || q.startsWith("hy-") ? null : q),
                skipped,
                PAGE + 1);
        model.addAttribute("found", found.stream().limit(PAGE).toList());
        model.addAttribute("q", q);
        model.addAttribute("from", from);
        model.addAttribute("until", until);
        model.addAttribute("filtered", !q.isEmpty() || !from.isBlank() || !until.isBlank());
        model.addAttribute("offset", skipped);
        model.addAttribute("size", PAGE);
        model.addAttribute("more", found.size() > PAGE);
        return "console/message/list";
    }

    @GetMapping(LIST + "/{id}")
    ModelAndView show(Member member, @PathVariable String id) {
        MessageId messageId = new MessageId(id);
        List<RecipientStatus> recipients = history.recipients(member.account(), messageId);
        if (recipients.isEmpty()) {
            return ErrorPages.notFound(LIST);
        }
        return new ModelAndView("console/message/page")
                .addObject("id", messageId)
                .addObject("recipients", recipients)
                .addObject("first", recipients.getFirst())
                .addObject("lines", history.lines(member.account(), messageId))
                .addObject("settled", recipients.stream().allMatch(MessagePages::isSettled));
    }

    private static boolean isSettled(RecipientStatus status) {
        return status.state() != RecipientState.ACCEPTED && status.state() != RecipientState.DEFERRED;
    }

    private boolean isOwnDomain(Member member, String text) {
        return text.indexOf('@') < 0
                && DomainName.tryParse(text)
                        .map(name -> domains.list(member.account()).stream()
                                .anyMatch(domain -> domain.name().equals(name)))
                        .orElse(false);
    }

    /** The beginning of a day in the operator's zone; what is no day counts as not given. */
    private Instant day(String text, Instant otherwise) {
        if (text.isBlank()) {
            return otherwise;
        }
        try {
            return LocalDate.parse(text.strip()).atStartOfDay(zone.id()).toInstant();
        } catch (DateTimeParseException noDay) {
            return otherwise;
        }
    }
}
