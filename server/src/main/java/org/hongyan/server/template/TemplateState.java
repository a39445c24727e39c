package org.hongyan.server.template;

/** Where a template version stands (product rule 2). */
public enum TemplateState {
    /** 审核中. */
    PENDING,
    /** 审核通过. */
    APPROVED,
    /** 审核拒绝. */
    REJECTED;

    /** Whether a version may move from this state to that one. A judged version stays judged: an edit makes a new one. */
    public boolean canBecome(TemplateState next) {
        return switch (this) {
            case PENDING -> next == APPROVED || next == REJECTED;
            case APPROVED, REJECTED -> false;
        };
    }
}
