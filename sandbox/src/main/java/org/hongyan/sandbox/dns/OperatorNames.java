package org.hongyan.sandbox.dns;

import org.hongyan.mail.address.DomainName;

/**
 * The operator's own host names, which the pretend internet must know before any account exists. All of them are this
 * machine.
 *
 * @param bounceHost target of every sending domain's MX record
 * @param spfName what every sending domain's SPF record includes
 * @param trackingHost host of tracked links and of the open pixel
 * @param mailHost what the delivering side says in EHLO and what its address points back to
 */
public record OperatorNames(DomainName bounceHost, DomainName spfName, DomainName trackingHost, DomainName mailHost) {

    /** Names below {@code hongyan.test}. */
    public static OperatorNames defaults() {
        return new OperatorNames(
                new DomainName("bounce.hongyan.test"),
                new DomainName("spf.hongyan.test"),
                new DomainName("track.hongyan.test"),
                new DomainName("mta.hongyan.test"));
    }
}
