package org.hongyan.server.template;

import java.time.Instant;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * A template with the two versions that matter.
 *
 * @param newest the version made last
 * @param approved the version in use; null when none was approved yet
 */
public record Template(
        long id,
        AccountId accountId,
        String name,
        String summary,
        TemplateVersion newest,
        @Nullable TemplateVersion approved,
        Instant createdAt) {

    /** The state shown for the whole template: usable when it has an approved version. */
    public TemplateState state() {
        return approved != null ? TemplateState.APPROVED : newest.state();
    }
}
