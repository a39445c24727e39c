package org.hongyan.server.template;

import java.util.List;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.refusal.Outcome;
import org.springframework.stereotype.Service;

/** The reviewers' queue (product rule 2). Only for the operator's side. Thread-safe. */
@Service
public class TemplateReviews {

    /** A version that waits, with what the screening found. */
    public record Pending(Template template, AccountId account, List<Finding> findings) {}

    /** Waiting versions, oldest first. */
    public List<Pending> queue(int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    /** How many wait. */
    public int waiting() {
        throw new UnsupportedOperationException();
    }

    /** One waiting version by template. */
    public Outcome<Pending> find(long templateId) {
        throw new UnsupportedOperationException();
    }

    /** Approves the newest version. */
    public Outcome<Template> approve(long templateId, String reviewer) {
        throw new UnsupportedOperationException();
    }

    /** Rejects the newest version for a reason that the account reads. */
    public Outcome<Template> reject(long templateId, String reviewer, String reason) {
        throw new UnsupportedOperationException();
    }
}
