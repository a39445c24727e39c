package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.server.policy.ContentPolicy;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateVersion;
import org.hongyan.server.template.Templates;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Templates: the list, the editor with its preview, and the page that shows versions, findings and the look. */
@Controller
final class TemplatePages {

    private static final String LIST = "/console/templates";
    private static final int PAGE = 50;

    private final Templates templates;
    private final ContentPolicy policy;
    private final RefusalTexts refusals;
    private final FindingTexts findings;
    private final Words words;

    TemplatePages(
            Templates templates, ContentPolicy policy, RefusalTexts refusals, FindingTexts findings, Words words) {
        this.templates = templates;
        this.policy = policy;
        this.refusals = refusals;
        this.findings = findings;
        this.words = words;
    }

    @GetMapping(LIST)
    String list(Member member, @RequestParam(name = "offset", defaultValue = "0") int offset, Model model) {
        int from = Math.max(0, offset);
        List<Template> found = templates.list(member.account(), from, PAGE + 1);
        model.addAttribute("templates", found.stream().limit(PAGE).toList());
        model.addAttribute("offset", from);
        model.addAttribute("size", PAGE);
        model.addAttribute("more", found.size() > PAGE);
        return "console/template/list";
    }

    @GetMapping(LIST + "/new")
    String create(Model model) {
        model.addAttribute("form", TemplateForm.empty());
        return "console/template/form";
    }

    @PostMapping(LIST)
    ModelAndView created(
            Member member,
            TemplateForm form,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            RedirectAttributes next) {
        TemplateForm filled = UploadedText.of(file).map(form::withContent).orElse(form);
        return switch (templates.create(member.account(), filled.draft())) {
            case Outcome.Done<Template>(Template template) -> handedIn(template, next);
            case Outcome.Refused<Template>(Refusal refusal) -> again(filled, null, refusal);
        };
    }

    @GetMapping(LIST + "/{id}")
    ModelAndView show(Member member, @PathVariable long id) {
        return switch (templates.find(member.account(), id)) {
            case Outcome.Done<Template>(Template template) ->
                new ModelAndView("console/template/page")
                        .addObject("template", template)
                        .addObject("versions", templates.versions(member.account(), id))
                        .addObject("findings", findings.of(examined(template.newest())))
                        .addObject("shown", template.newest());
            case Outcome.Refused<Template> refused -> ErrorPages.notFound(LIST);
        };
    }

    @GetMapping(LIST + "/{id}/edit")
    ModelAndView edit(Member member, @PathVariable long id) {
        return switch (templates.find(member.account(), id)) {
            case Outcome.Done<Template>(Template template) ->
                new ModelAndView("console/template/form")
                        .addObject("form", TemplateForm.of(template))
                        .addObject("template", template);
            case Outcome.Refused<Template> refused -> ErrorPages.notFound(LIST);
        };
    }

    @PostMapping(LIST + "/{id}")
    ModelAndView edited(
            Member member,
            @PathVariable long id,
            TemplateForm form,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            RedirectAttributes next) {
        TemplateForm filled = UploadedText.of(file).map(form::withContent).orElse(form);
        return switch (templates.find(member.account(), id)) {
            case Outcome.Refused<Template> unknown -> ErrorPages.notFound(LIST);
            case Outcome.Done<Template>(Template before) ->
                switch (templates.edit(member.account(), id, filled.draft())) {
                    case Outcome.Done<Template>(Template template) -> handedIn(template, next);
                    case Outcome.Refused<Template>(Refusal refusal) -> again(filled, before, refusal);
                };
        };
    }

    @PostMapping(LIST + "/{id}/delete")
    ModelAndView delete(Member member, @PathVariable long id, RedirectAttributes next) {
        return switch (templates.delete(member.account(), id)) {
            case Outcome.Done<Template>(Template gone) -> {
                Notice.done(next, words.of("template.deleted", gone.name()));
                yield new ModelAndView("redirect:" + LIST);
            }
            case Outcome.Refused<Template> refused -> ErrorPages.notFound(LIST);
        };
    }

    /** What the editor holds now, for the frame beside it. */
    @PostMapping(LIST + "/preview")
    ResponseEntity<String> preview(TemplateForm form, HttpServletResponse response) {
        var draft = form.draft();
        return ForeignContent.page(response, draft.html(), draft.text());
    }

    /** One version for the frame. */
    @GetMapping(LIST + "/{id}/versions/{number}/preview")
    ResponseEntity<String> preview(
            Member member, @PathVariable long id, @PathVariable int number, HttpServletResponse response) {
        Optional<TemplateVersion> version = templates.versions(member.account(), id).stream()
                .filter(one -> one.number() == number)
                .findFirst();
        return version.map(one -> ForeignContent.page(response, one.html(), one.text()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private List<org.hongyan.server.policy.Finding> examined(TemplateVersion version) {
        return policy.examine(version.subject(), version.html(), version.text(), List.of());
    }

    private ModelAndView handedIn(Template template, RedirectAttributes next) {
        Notice.done(
                next,
                switch (template.newest().state()) {
                    case PENDING ->
                        words.of("template.handed-in", template.newest().number());
                    case APPROVED ->
                        words.of("template.approved-at-once", template.newest().number());
                    case REJECTED ->
                        words.of("template.rejected-at-once", template.newest().number());
                });
        return new ModelAndView("redirect:" + LIST + "/{id}", Map.of("id", template.id()));
    }

    private ModelAndView again(TemplateForm form, @Nullable Template template, Refusal refusal) {
        ModelAndView page = new ModelAndView("console/template/form", HttpStatus.UNPROCESSABLE_CONTENT)
                .addObject("form", form)
                .addObject("problems", refusals.problems(refusal));
        return template == null ? page : page.addObject("template", template);
    }
}
