package org.hongyan.sandbox.dns;

import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.PublicSuffixes;

/** Where zones begin: at the name a registry would delegate, so that {@code mail.example.com.cn} lives in {@code example.com.cn}. */
final class ZoneCut {

    /** Apex of the zone that holds {@code name}; a public suffix is its own. */
    String apexOf(String name) {
        DomainName domain = new DomainName(name.startsWith("*.") ? name.substring(2) : name);
        return PublicSuffixes.registrableDomain(domain).orElse(domain).ascii();
    }
}
