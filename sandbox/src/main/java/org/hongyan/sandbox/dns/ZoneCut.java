package org.hongyan.sandbox.dns;

import java.util.Set;

/**
 * Where zones begin: at the name a registry would delegate, so that {@code mail.example.com.cn} lives in {@code
 * example.com.cn}. Names below {@code in-addr.arpa} and {@code ip6.arpa} belong to the zone of their last label above
 * it.
 */
final class ZoneCut {

    private static final Set<String> SECOND_LEVEL_REGISTRIES =
            Set.of("com.cn", "net.cn", "org.cn", "gov.cn", "edu.cn", "co.uk", "com.hk", "com.tw", "co.jp", "in-addr.arpa", "ip6.arpa");

    String apexOf(String name) {
        String bare = name.startsWith("*.") ? name.substring(2) : name;
        String[] labels = bare.split("\\.");
        if (labels.length <= 2) {
            return bare;
        }
        String lastTwo = labels[labels.length - 2] + "." + labels[labels.length - 1];
        return SECOND_LEVEL_REGISTRIES.contains(lastTwo) ? labels[labels.length - 3] + "." + lastTwo : lastTwo;
    }
}
