package org.hongyan.sandbox.verdict;

import java.util.List;

/**
 * All that the receiving side concluded of one mail at its receipt.
 *
 * @param dkim one for each signature, in header order; none for a mail without signatures
 */
public record Verdicts(SpfVerdict spf, List<DkimVerdict> dkim, DmarcVerdict dmarc) {

    /** Copies the list. */
    public Verdicts {
        dkim = List.copyOf(dkim);
    }

    /** Whether any signature holds. */
    public boolean dkimPassed() {
        return dkim.stream().anyMatch(DkimVerdict::passed);
    }

    /** {@code pass} when a signature holds, else the first signature's result, {@code none} without any. */
    public String dkimSummary() {
        if (dkimPassed()) {
            return DkimVerdict.Result.PASS.wireName();
        }
        return dkim.isEmpty() ? "none" : dkim.getFirst().result().wireName();
    }

    /** Whether SPF, DKIM and DMARC all passed. */
    public boolean allPassed() {
        return spf.passed() && dkimPassed() && dmarc.passed();
    }
}
