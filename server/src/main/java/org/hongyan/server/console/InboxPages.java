package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.inbox.Inbox;
import org.hongyan.sandbox.inbox.InboxFilter;
import org.hongyan.sandbox.inbox.MailId;
import org.hongyan.sandbox.inbox.ParsedMail;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the pretend providers accepted, as its reader, and as a checker, would see it. */
@Controller
@OnlyInSandbox
final class InboxPages {

    private static final String LIST = "/sandbox/inbox";
    private static final int PAGE = 50;

    private final Inbox inbox;
    private final Words words;

    InboxPages(Sandbox sandbox, Words words) {
        this.inbox = sandbox.inbox();
        this.words = words;
    }

    @GetMapping(LIST)
    String list(
            @RequestParam(name = "q", defaultValue = "") String q,
            @RequestParam(name = "offset", defaultValue = "0") int offset,
            Model model) {
        int skipped = Math.max(0, offset);
        var page = inbox.list(InboxFilter.to(q), skipped, PAGE);
        model.addAttribute("mails", page.mails());
        model.addAttribute("total", page.total());
        model.addAttribute("q", q);
        model.addAttribute("offset", skipped);
        model.addAttribute("size", PAGE);
        model.addAttribute("more", skipped + page.mails().size() < page.total());
        return "console/sandbox/inbox";
    }

    @GetMapping(LIST + "/{id}")
    ModelAndView show(@PathVariable String id) {
        Optional<MailId> mailId = MailId.parse(id);
        var mail = mailId.flatMap(inbox::find);
        var read = mailId.flatMap(inbox::read);
        var raw = mailId.flatMap(inbox::raw);
        if (mail.isEmpty() || read.isEmpty() || raw.isEmpty()) {
            return ErrorPages.notFound(LIST);
        }
        return new ModelAndView("console/sandbox/mail")
                .addObject("mail", mail.get())
                .addObject("read", read.get())
                .addObject("raw", shown(raw.get()));
    }

    /** The mail's own HTML, or its text, for the sandboxed frame. */
    @GetMapping(LIST + "/{id}/content")
    ResponseEntity<String> content(@PathVariable String id, HttpServletResponse response) {
        Optional<ParsedMail> mail = MailId.parse(id).flatMap(inbox::read);
        return mail.map(one -> ForeignContent.page(response, one.html().isEmpty() ? null : one.html(), one.text()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    /** The exact octets. */
    @GetMapping(LIST + "/{id}/raw")
    ResponseEntity<byte[]> raw(@PathVariable String id) {
        return MailId.parse(id)
                .flatMap(inbox::raw)
                .map(octets -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("message/rfc822"))
                        .header("Content-Disposition", "attachment; filename=\"" + id + ".eml\"")
                        .body(octets))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @PostMapping(LIST + "/clear")
    String clear(RedirectAttributes next) {
        inbox.clear();
        Notice.done(next, words.of("inbox.cleared"));
        return "redirect:" + LIST;
    }

    /** Octets that are no UTF-8 show as such; only the download is exact. */
    private static String shown(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
