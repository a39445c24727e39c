package org.hongyan.server.template;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hongyan.server.policy.ContentPolicy;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.policy.Finding.Severity;
import org.springframework.stereotype.Component;

/** The automatic look at a version when it is submitted: clean, for a person, or refused. */
@Component
class Screening {

    static final String REVIEWER = "screening";

    private final ContentPolicy policy;
    private final TemplateProperties settings;

    Screening(ContentPolicy policy, TemplateProperties settings) {
        this.policy = policy;
        this.settings = settings;
    }

    /** What was found, and what follows from it. */
    record Result(List<Finding> findings, TemplateRepository.Judgement judgement) {}

    Result screen(TemplateDraft draft) {
        List<Finding> findings =
                new ArrayList<>(policy.examine(draft.subject(), draft.html(), draft.text(), List.of()));
        if (draft.summary().isBlank()) {
            findings.add(new Finding("C9", Severity.ADVICE, "summary", ""));
        }
        return new Result(List.copyOf(findings), judgement(findings));
    }

    private TemplateRepository.Judgement judgement(List<Finding> findings) {
        boolean refused = findings.stream().anyMatch(each -> each.severity() == Severity.REFUSED);
        boolean clean = findings.stream().allMatch(each -> each.severity() == Severity.ADVICE);
        if (refused) {
            return new TemplateRepository.Judgement(TemplateState.REJECTED, REVIEWER, reason(findings));
        }
        return clean && settings.autoApproveClean()
                ? new TemplateRepository.Judgement(TemplateState.APPROVED, REVIEWER, "")
                : new TemplateRepository.Judgement(TemplateState.PENDING, REVIEWER, "");
    }

    /** Rule, place and text, without words of a language: {@code C1 html:3:14 QQ 123456}. */
    private static String reason(List<Finding> findings) {
        return findings.stream()
                .filter(each -> each.severity() == Severity.REFUSED)
                .map(each -> (each.rule() + " " + each.place() + " " + each.matched()).strip())
                .limit(10)
                .collect(Collectors.joining("\n"));
    }
}
