package org.hongyan.server.template;

/** Where a template version stands (product rule 2). */
public enum TemplateState {
    /** 审核中. */
    PENDING,
    /** 审核通过. */
    APPROVED,
    /** 审核拒绝. */
    REJECTED
}
