package org.hongyan.server.template;

import java.util.List;
import java.util.Optional;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.springframework.stereotype.Service;

/** The templates of all accounts. Thread-safe. */
@Service
public class Templates {

    /** Makes a template whose first version is screened and goes to review. */
    public Outcome<Template> create(AccountId account, TemplateDraft draft) {
        throw new UnsupportedOperationException();
    }

    /** Makes a new version that goes to review, while the approved one stays in use. */
    public Outcome<Template> edit(AccountId account, long templateId, TemplateDraft draft) {
        throw new UnsupportedOperationException();
    }

    /** One template of the account. */
    public Outcome<Template> find(AccountId account, long templateId) {
        throw new UnsupportedOperationException();
    }

    /** Newest first. */
    public List<Template> list(AccountId account, int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    /** How many the account has. */
    public int count(AccountId account) {
        throw new UnsupportedOperationException();
    }

    /** All versions, newest first. */
    public List<TemplateVersion> versions(AccountId account, long templateId) {
        throw new UnsupportedOperationException();
    }

    /** Removes a template; what was accepted with it is still delivered. */
    public Outcome<Template> delete(AccountId account, long templateId) {
        throw new UnsupportedOperationException();
    }

    /** The approved version ready to render, from a bounded cache; for acceptance. */
    public Outcome<CompiledTemplate> approved(AccountId account, long templateId) {
        throw new UnsupportedOperationException();
    }

    /** A pinned version ready to render, from a bounded cache; for delivery. */
    public Optional<CompiledTemplate> compiled(long versionId) {
        throw new UnsupportedOperationException();
    }
}
