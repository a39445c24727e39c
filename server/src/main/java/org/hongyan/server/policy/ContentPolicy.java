package org.hongyan.server.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hongyan.server.policy.Finding.Severity;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/** The content policy (允许发送的邮件类型). Pure and thread-safe. */
@Service
@EnableConfigurationProperties(PolicyProperties.class)
public class ContentPolicy {

    /** More would help nobody, and hostile content could have a million. */
    private static final int MOST_FINDINGS = 50;

    private final SensitiveWords words;
    private final ImageRule images;
    private final PolicyProperties settings;

    ContentPolicy(PolicyProperties settings) {
        this.words = SensitiveWords.load(settings);
        this.images = new ImageRule(settings);
        this.settings = settings;
    }

    /**
     * An attached or embedded file.
     *
     * @param content not to be changed
     */
    public record Part(String fileName, String contentType, byte[] content) {}

    /**
     * Findings in subject, HTML, text and files, the gravest first, at most {@value #MOST_FINDINGS}; empty when clean.
     * Advice is a finding too: look for {@link Severity#REFUSED} to know what stops a mail.
     */
    public List<Finding> examine(String subject, @Nullable String html, @Nullable String text, List<Part> parts) {
        Content content = new Content(subject, html, text);
        List<Finding> findings = new ArrayList<>();
        findings.addAll(ContactRule.examine(content));
        findings.addAll(images.examine(content, parts));
        findings.addAll(words.examine(content));
        findings.addAll(LinkRule.examine(content));
        findings.addAll(CompositionRule.examine(content, settings));
        findings.addAll(ActiveContentRule.examine(content));
        return graveFirst(findings);
    }

    /** The gravest of some findings; null when there is none. */
    public static @Nullable Severity gravest(List<Finding> findings) {
        Severity gravest = null;
        for (Finding finding : findings) {
            if (gravest == null || finding.severity().compareTo(gravest) > 0) {
                gravest = finding.severity();
            }
        }
        return gravest;
    }

    private static List<Finding> graveFirst(List<Finding> findings) {
        List<Finding> sorted = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Severity severity : List.of(Severity.REFUSED, Severity.NEEDS_PERSON, Severity.ADVICE)) {
            for (Finding finding : findings) {
                boolean fresh = finding.severity() == severity
                        && told.add(finding.rule() + ' ' + finding.place() + ' ' + finding.matched());
                if (fresh && sorted.size() < MOST_FINDINGS) {
                    sorted.add(finding);
                }
            }
        }
        return List.copyOf(sorted);
    }
}
