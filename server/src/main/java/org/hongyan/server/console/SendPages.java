package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.submission.Acceptance;
import org.hongyan.server.submission.SubmissionService;
import org.hongyan.server.template.CompiledTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Ordinary send (普通发送): one approved template to at most twenty people, each of whom gets a mail of their own. */
@Controller
final class SendPages {

    private static final String PATH = "/console/send";

    private final SendChoices choices;
    private final SendCheck check;
    private final Preflight preflight;
    private final SubmissionService gate;
    private final RefusalTexts refusals;
    private final Words words;

    SendPages(
            SendChoices choices,
            SendCheck check,
            Preflight preflight,
            SubmissionService gate,
            RefusalTexts refusals,
            Words words) {
        this.choices = choices;
        this.check = check;
        this.preflight = preflight;
        this.gate = gate;
        this.refusals = refusals;
        this.words = words;
    }

    @GetMapping(PATH)
    String form(
            Member member,
            @RequestParam(name = "template", required = false) @Nullable Long template,
            @RequestParam(name = "from", required = false) @Nullable String from,
            Model model) {
        SendForm form = new SendForm(
                from != null ? from : choices.firstSender(member.account()),
                template != null ? template : choices.firstTemplate(member.account()),
                null,
                null,
                null,
                null,
                "on",
                words.of("unsubscribe.default-language"),
                null,
                null,
                UUID.randomUUID().toString());
        return show(member, choices.filled(member.account(), form), false, model);
    }

    /** The parts of the page that depend on what is typed, as htmx swaps them in. */
    @PostMapping(PATH + "/check")
    String check(
            Member member,
            SendForm form,
            @RequestParam(name = "repair", required = false) @Nullable String repair,
            Model model) {
        boolean another = form.template() != null && !form.template().equals(form.filledFor());
        boolean refill = another || repair != null;
        SendForm shown = refill ? choices.filled(member.account(), form) : form;
        show(member, shown, false, model);
        model.addAttribute("refilled", refill);
        return "console/send/checks";
    }

    /** The mail as the first recipient would get it, for the sandboxed frame. */
    @PostMapping(PATH + "/preview")
    ResponseEntity<String> preview(Member member, SendForm form, HttpServletResponse response) {
        SendForm shown = form.template() != null && !form.template().equals(form.filledFor())
                ? choices.filled(member.account(), form)
                : form;
        var rendered = rendered(shown, check.examine(member.account(), shown, false));
        return rendered == null
                ? ForeignContent.page(response, null, "")
                : ForeignContent.page(response, rendered.html(), rendered.text());
    }

    @PostMapping(PATH)
    String send(
            Member member,
            SendForm form,
            @RequestParam(name = "repair", required = false) @Nullable String repair,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        if (repair != null) {
            return show(member, choices.filled(member.account(), form), false, model);
        }
        var examined = check.examine(member.account(), form, true);
        if (!examined.passes()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(member, form, true, model);
        }
        List<MessageId> accepted = new ArrayList<>();
        for (String recipient : examined.sendable()) {
            switch (gate.accept(form.submission(member.account(), recipient))) {
                case Acceptance.Accepted(MessageId id) -> accepted.add(id);
                case Acceptance.Refused(Refusal refusal) -> {
                    // What was taken before stays taken; the page says how many, and the key keeps a retry from
                    // doubling.
                    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                    String page = show(member, form, true, model);
                    model.addAttribute("problems", stopped(refusal, accepted.size(), recipient));
                    return page;
                }
            }
        }
        int skipped = examined.typed() - accepted.size();
        Notice.done(
                next,
                skipped == 0
                        ? words.of("send.accepted", accepted.size())
                        : words.of("send.accepted-some", accepted.size(), skipped));
        return accepted.size() == 1
                ? "redirect:/console/messages/" + accepted.getFirst().text()
                : "redirect:/console/messages";
    }

    private Problems stopped(Refusal refusal, int accepted, String recipient) {
        String text = refusals.of(refusal);
        return accepted == 0
                ? Problems.none().add(refusal.field(), text)
                : Problems.none().add(refusal.field(), words.of("send.stopped", accepted, recipient, text));
    }

    private String show(Member member, SendForm form, boolean submitted, Model model) {
        var examined = check.examine(member.account(), form, submitted);
        CompiledTemplate.Rendered rendered = rendered(form, examined);
        model.addAttribute("form", form);
        model.addAttribute("examined", examined);
        model.addAttribute("problems", summary(examined, submitted));
        model.addAttribute("preflight", preflight.of(member.account(), form, rendered));
        model.addAttribute("previewSubject", rendered == null ? "" : rendered.subject());
        model.addAttribute("senders", choices.senders(member.account()));
        model.addAttribute("templates", choices.templates(member.account()));
        model.addAttribute("left", choices.leftToday(member.account()));
        model.addAttribute("refilled", false);
        return "console/send/form";
    }

    /** On the pressed button every mistake is listed on top as well. */
    private static Problems summary(SendCheck.Examined examined, boolean submitted) {
        if (!submitted) {
            return examined.problems();
        }
        Problems all = Problems.none();
        examined.problems().list().forEach(problem -> all.add(problem.field(), problem.text()));
        examined.recipients().stream()
                .filter(remark -> remark.tone().equals("bad"))
                .forEach(remark -> all.add("to", remark.text()));
        examined.variables().stream()
                .filter(remark -> remark.tone().equals("bad"))
                .forEach(remark -> all.add("variables", remark.text()));
        if (!all.any() && examined.sendable().isEmpty()) {
            all.add(
                    "to",
                    String.join(
                            " ",
                            examined.recipients().stream()
                                    .map(SendCheck.Remark::text)
                                    .toList()));
        }
        return all;
    }

    /** With a variable's own name where no value is given yet, which the preview marks. */
    private static CompiledTemplate.@Nullable Rendered rendered(SendForm form, SendCheck.Examined examined) {
        CompiledTemplate template = examined.template();
        if (template == null) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (String name : template.variables()) {
            String value = examined.values().get(name);
            values.put(name, value == null || value.isBlank() ? "{{" + name + "}}" : value);
        }
        return template.render(form.subject() == null || form.subject().isBlank() ? null : form.subject(), values);
    }
}
