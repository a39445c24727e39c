package org.hongyan.sandbox.verdict;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dkim.DkimResult;
import org.hongyan.mail.dkim.DkimVerifier;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.message.Message;
import org.jspecify.annotations.Nullable;

/** All checks that a receiving server makes of one mail, in their order. Thread-safe. */
public final class ReceivingChecks {

    private final SpfCheck spf;
    private final DkimVerifier dkim;
    private final DmarcCheck dmarc;

    /** @param resolver asked for every record */
    public ReceivingChecks(DnsResolver resolver) {
        this.spf = new SpfCheck(resolver);
        this.dkim = new DkimVerifier(resolver);
        this.dmarc = new DmarcCheck(resolver);
    }

    /**
     * Judges a mail.
     *
     * @param client address of the client
     * @param returnPath what MAIL FROM said
     * @param helo what EHLO said; null when it was not said
     * @param now for the ages of signatures
     */
    public Verdicts judge(
            InetAddress client, ReversePath returnPath, @Nullable String helo, Message message, Instant now) {
        SpfVerdict sender = spf.check(client, returnPath, helo);
        List<DkimVerdict> signatures = dkim.verify(message, now).stream()
                .map(ReceivingChecks::verdictOf)
                .toList();
        return new Verdicts(sender, signatures, dmarc.check(message.headerFields(), sender, signatures));
    }

    private static DkimVerdict verdictOf(DkimResult result) {
        DkimVerdict.Result word = switch (result.status()) {
            case PASS -> DkimVerdict.Result.PASS;
            case FAIL -> DkimVerdict.Result.FAIL;
            case TEMPERROR -> DkimVerdict.Result.TEMPERROR;
            case PERMERROR -> DkimVerdict.Result.PERMERROR;
        };
        var domain = result.domain();
        var selector = result.selector();
        return new DkimVerdict(
                word, domain == null ? "" : domain.ascii(), selector == null ? "" : selector, result.reason());
    }
}
