package org.hongyan.mail.report;

/**
 * What a reply means.
 *
 * @param rule the rule that decided, such as {@code qq/frequency} or {@code code/550}
 */
public record Classification(BounceCategory category, Blame blame, String rule) {

    /** Whether it counts as an invalid address of the account's list (product rule 4). */
    public boolean countsAsInvalid() {
        return category == BounceCategory.INVALID_ADDRESS;
    }

    /** Whether it counts as rejected for spam: content or sending domain only, never the source address. */
    public boolean countsAsSpamRejected() {
        return category == BounceCategory.SPAM_REJECTED && (blame == Blame.CONTENT || blame == Blame.DOMAIN);
    }
}
