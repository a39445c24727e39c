package org.hongyan.server.delivery;

import org.hongyan.mail.report.BounceCategory;

/**
 * What a failure is and whose it is.
 *
 * @param blame {@code recipient}, {@code content}, {@code domain}, {@code source} (our address) or {@code us}
 */
record Sorted(BounceCategory category, String blame) {

    /** Whether it says that the address does not exist. */
    boolean invalidAddress() {
        return category == BounceCategory.INVALID_ADDRESS;
    }

    /** Whether it is a spam rejection that the account has to answer for (product rule 4, fair blame). */
    boolean spamOfAccount() {
        return category == BounceCategory.SPAM_REJECTED && (blame.equals("content") || blame.equals("domain"));
    }
}
