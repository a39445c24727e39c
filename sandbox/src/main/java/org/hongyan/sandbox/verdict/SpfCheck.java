package org.hongyan.sandbox.verdict;

import java.net.InetAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dns.DnsResolver;
import org.jspecify.annotations.Nullable;

/** Whether a client may use the domain of its return path: check_host of RFC 7208 §4. Thread-safe. */
public final class SpfCheck {

    private final DnsResolver resolver;

    /** @param resolver asked for every record */
    public SpfCheck(DnsResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Evaluates the record of the return path's domain, or of the EHLO name where the return path is null (RFC 7208
     * §2.4).
     *
     * @param client address of the client
     * @param returnPath what MAIL FROM said
     * @param helo what EHLO said; null when it was not said
     */
    public SpfVerdict check(InetAddress client, ReversePath returnPath, @Nullable String helo) {
        String heloName = helo == null ? "" : helo;
        return switch (returnPath) {
            case ReversePath.Mailbox(var address) ->
                evaluate(client, address.localPart(), address.domain().ascii(), heloName);
            case ReversePath.NullPath none -> evaluate(client, "postmaster", heloName, heloName);
        };
    }

    /** Evaluates the record of {@code domain} as if mail came from {@code postmaster@domain}. */
    public SpfVerdict checkDomain(InetAddress client, String domain) {
        return evaluate(client, "postmaster", domain, domain);
    }

    private SpfVerdict evaluate(InetAddress client, String localPart, String domain, String helo) {
        return new SpfEvaluation(resolver, client, localPart, domain, helo).verdict();
    }
}
