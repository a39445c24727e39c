package org.hongyan.server.sender;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** The operator's names in the records of sending domains, limits, and how often the DNS is looked at. */
@Validated
@ConfigurationProperties("hongyan.sender")
record SenderProperties(
        @Meaning("The host that takes bounces: what the MX record of every sending domain points to.")
        @DefaultValue("bounce.hongyan.test")
        String bounceHost,

        @Meaning("The name whose SPF record lists the addresses that mail leaves from; sending domains include it.")
        @DefaultValue("spf.hongyan.test")
        String spfName,

        @Meaning("The preference shown in the expected MX record.") @DefaultValue("10") @Min(0) @Max(65535)
        int mxPreference,

        @Meaning("The DMARC record that is proposed; any valid one passes.") @DefaultValue("v=DMARC1; p=none")
        String dmarcRecord,

        @Meaning("How many sending domains an account may have.") @DefaultValue("10") @Min(1)
        int maxDomains,

        @Meaning("How many sender addresses a domain may have.") @DefaultValue("10") @Min(1)
        int maxAddressesPerDomain,

        @Meaning(
                "Mail exchangers of enterprise mailboxes, each with all names below it; a domain whose MX is one is refused.")
        @DefaultValue({
            "mxbiz1.qq.com",
            "mxbiz2.qq.com",
            "mxbiz3.qq.com",
            "mxbiz4.qq.com",
            "mx1.qiye.aliyun.com",
            "mx2.qiye.aliyun.com",
            "mx3.qiye.aliyun.com",
            "mxhichina.com",
            "mxmail.netease.com",
            "feishu.cn",
            "larksuite.com",
            "mx.global-mail.cn",
            "icoremail.net",
            "mail.protection.outlook.com",
            "mx.microsoft",
            "smtp.google.com",
            "aspmx.l.google.com",
            "googlemail.com",
            "zoho.com",
            "zoho.com.cn",
            "mail.yandex.net",
            "messagingengine.com",
            "protonmail.ch"
        })
        List<String> enterpriseExchanges,

        @Meaning("How soon a waiting domain is looked at by itself for the first time; later waits double.")
        @DefaultValue("5m")
        Duration firstRecheck,

        @Meaning("The longest wait between two looks at a domain that waits or has gone wrong.") @DefaultValue("2h")
        Duration longestRecheck,

        @Meaning("How often a verified domain is looked at again.") @DefaultValue("1d")
        Duration verifiedRecheck,

        @Meaning("How long a verified domain may go on sending after its records have gone wrong.") @DefaultValue("24h")
        Duration gracePeriod,

        @Meaning(
                "How long the old selector of a key rotation is kept after the new one has taken over, for mail on its way.")
        @DefaultValue("7d")
        Duration oldSelectorKept,

        @Meaning("How often this node asks which domains are due for a look.") @DefaultValue("20s")
        Duration recheckTick,

        @Meaning("How many domains are looked at side by side.") @DefaultValue("8") @Min(1) @Max(256)
        int recheckConcurrency,

        @Meaning("The cost of the hash of SMTP passwords (bcrypt, a power of two).")
        @DefaultValue("10")
        @Min(4)
        @Max(16)
        int passwordHashCost) {

    SenderProperties {
        enterpriseExchanges = List.copyOf(enterpriseExchanges);
        positive("first-recheck", firstRecheck);
        positive("longest-recheck", longestRecheck);
        positive("verified-recheck", verifiedRecheck);
        positive("recheck-tick", recheckTick);
        // Fail at the start, not at the first domain.
        DomainName.parse(bounceHost);
        DomainName.parse(spfName);
        enterpriseExchanges.forEach(DomainName::parse);
    }

    DomainName bounceHostName() {
        return DomainName.parse(bounceHost);
    }

    DomainName spfDomainName() {
        return DomainName.parse(spfName);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("hongyan.sender." + name + " must be longer than nothing");
        }
    }
}
