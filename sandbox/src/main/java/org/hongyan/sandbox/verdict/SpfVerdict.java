package org.hongyan.sandbox.verdict;

/**
 * What SPF says of one client and domain.
 *
 * @param result the result
 * @param domain whose record was asked: that of the return path, or of EHLO where the return path is null; may be no
 *     valid name, as the client gave it
 * @param reason for people: the mechanism that matched, or what is wrong
 */
public record SpfVerdict(SpfResult result, String domain, String reason) {

    /** Whether the client may send for the domain. */
    public boolean passed() {
        return result == SpfResult.PASS;
    }
}
