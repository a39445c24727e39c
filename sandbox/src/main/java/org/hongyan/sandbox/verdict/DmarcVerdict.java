package org.hongyan.sandbox.verdict;

/**
 * What DMARC says of a message.
 *
 * @param result the result
 * @param domain the author's domain; empty when From names none
 * @param policy {@code none}, {@code quarantine} or {@code reject} as published for that domain; empty without a policy
 * @param reason for people: what aligned, or what is missing
 */
public record DmarcVerdict(DmarcResult result, String domain, String policy, String reason) {

    /** Whether an aligned identifier passed. */
    public boolean passed() {
        return result == DmarcResult.PASS;
    }
}
