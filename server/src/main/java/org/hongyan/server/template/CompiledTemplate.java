package org.hongyan.server.template;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template version compiled once. Immutable and thread-safe. */
public final class CompiledTemplate {

    /** What rendering gives; {@code html} is null for a plain-text template, {@code text} is always there. */
    public record Rendered(String subject, @Nullable String html, String text) {}

    private final long versionId;
    private final Set<String> variables;

    CompiledTemplate(long versionId, Set<String> variables) {
        this.versionId = versionId;
        this.variables = Set.copyOf(variables);
    }

    /** The version this was compiled from. */
    public long versionId() {
        return versionId;
    }

    /** Variables that must be given. */
    public Set<String> variables() {
        return variables;
    }

    /**
     * Fills in the variables.
     *
     * @param subject overrides the default subject, may hold variables; null for the default
     */
    public Rendered render(@Nullable String subject, Map<String, String> values) {
        throw new UnsupportedOperationException();
    }
}
