package org.hongyan.server.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The content policy (允许发送的邮件类型). Pure and thread-safe. */
@Service
public class ContentPolicy {

    /**
     * An attached or embedded file.
     *
     * @param content not to be changed
     */
    public record Part(String fileName, String contentType, byte[] content) {}

    /** Findings in subject, HTML, text and files; empty when clean. */
    public List<Finding> examine(String subject, @Nullable String html, @Nullable String text, List<Part> parts) {
        throw new UnsupportedOperationException();
    }
}
