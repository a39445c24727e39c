package org.hongyan.sandbox.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hongyan.mail.address.DomainName;

/**
 * What exists in the pretend internet before anything is published: mailbox providers under their real names with mail
 * exchangers named as theirs are, domains under the reserved {@code .test} that behave or fail in one way each, DNS
 * hosts, and the operator's names. Every address is 127.0.0.1.
 */
public final class PretendInternet {

    private static final String HERE = "127.0.0.1";

    /** Mailbox domains with their mail exchangers, most preferred first. */
    private static final Map<String, List<String>> PROVIDERS = providers();

    /**
     * Domains that answer every recipient in the way the local part of that name would choose; see the table in
     * docs/sandbox.md.
     */
    private static final List<String> BEHAVIOUR_DOMAINS = List.of(
            "accept.test",
            "unknown.test",
            "disabled.test",
            "full.test",
            "spam.test",
            "policy.test",
            "blocked.test",
            "ratelimit.test",
            "grey.test",
            "defer.test",
            "slow.test",
            "drop.test",
            "complaint.test",
            "bouncelater.test",
            "open.test",
            "click.test",
            "unsubscribe.test",
            "sink.test");

    private PretendInternet() {}

    /** All records that exist from the start. */
    public static List<DnsRecord> records(OperatorNames operator) {
        Set<DnsRecord> records = new LinkedHashSet<>();
        PROVIDERS.forEach((domain, exchangers) -> addMailDomain(records, domain, exchangers));
        for (String domain : BEHAVIOUR_DOMAINS) {
            addMailDomain(records, domain, List.of("mx1." + domain));
        }
        addWildcards(records);
        addDomainsWithOddRecords(records);
        addDnsHosts(records);
        addOperator(records, operator);
        List<DnsRecord> lasting = new ArrayList<>();
        records.forEach(record -> lasting.add(record.withTtl(Duration.ofMinutes(1))));
        return List.copyOf(lasting);
    }

    /** Domains of mailbox providers, in the order of their fame in China. */
    public static List<String> providerDomains() {
        return List.copyOf(PROVIDERS.keySet());
    }

    /** Domains that answer every recipient in one way. */
    public static List<String> behaviourDomains() {
        return BEHAVIOUR_DOMAINS;
    }

    /** Domains whose name service fails, with the way it does. */
    static Map<String, DnsFault> faultyDomains() {
        return Map.of(
                "servfail.test", new DnsFault.ServerFailure(),
                "refused.test", new DnsFault.Refusal(),
                "timeout.test", new DnsFault.Silence());
    }

    private static Map<String, List<String>> providers() {
        Map<String, List<String>> providers = new LinkedHashMap<>();
        List<String> tencent = List.of("mx3.qq.com", "mx2.qq.com", "mx1.qq.com");
        providers.put("qq.com", tencent);
        providers.put("foxmail.com", tencent);
        providers.put("vip.qq.com", tencent);
        providers.put("163.com", netease("163"));
        providers.put("126.com", netease("126"));
        providers.put("yeah.net", netease("yeah"));
        providers.put("sina.com", List.of("freemx1.sinamail.sina.com.cn", "freemx2.sinamail.sina.com.cn"));
        providers.put("sina.cn", List.of("freemx1.sinamail.sina.com.cn", "freemx2.sinamail.sina.com.cn"));
        providers.put("sohu.com", List.of("sohumx1.sohu.com", "sohumx2.sohu.com"));
        providers.put("aliyun.com", List.of("mx1.mail.aliyun.com", "mx2.mail.aliyun.com"));
        providers.put("139.com", List.of("mx1.mail.139.com", "mx2.mail.139.com"));
        providers.put(
                "gmail.com",
                List.of(
                        "gmail-smtp-in.l.google.com",
                        "alt1.gmail-smtp-in.l.google.com",
                        "alt2.gmail-smtp-in.l.google.com"));
        providers.put("outlook.com", List.of("outlook-com.olc.protection.outlook.com"));
        providers.put("hotmail.com", List.of("hotmail-com.olc.protection.outlook.com"));
        providers.put("yahoo.com", List.of("mta5.am0.yahoodns.net", "mta6.am0.yahoodns.net", "mta7.am0.yahoodns.net"));
        providers.put("icloud.com", List.of("mx01.mail.icloud.com", "mx02.mail.icloud.com"));
        return providers;
    }

    private static List<String> netease(String domain) {
        return List.of(domain + "mx01.mxmail.netease.com", domain + "mx02.mxmail.netease.com");
    }

    private static void addMailDomain(Set<DnsRecord> records, String domain, List<String> exchangers) {
        int preference = 10;
        for (String exchanger : exchangers) {
            records.add(DnsRecord.mx(domain, preference, exchanger));
            records.add(DnsRecord.address(exchanger, HERE));
            preference += 10;
        }
        records.add(DnsRecord.txt(domain, "v=spf1 mx -all"));
        records.add(DnsRecord.txt("_dmarc." + domain, "v=DMARC1; p=reject"));
    }

    /** Any number of recipient domains for load tests: every name below bulk.test takes mail. */
    private static void addWildcards(Set<DnsRecord> records) {
        records.add(DnsRecord.mx("*.bulk.test", 10, "mx.bulk.test"));
        records.add(DnsRecord.address("mx.bulk.test", HERE));
    }

    private static void addDomainsWithOddRecords(Set<DnsRecord> records) {
        records.add(DnsRecord.address("nomx.test", HERE));
        records.add(DnsRecord.txt("nomail.test", "this domain has neither MX nor address"));
        records.add(DnsRecord.mx("nullmx.test", 0, "."));
        records.add(DnsRecord.mx("badmx.test", 10, "mx.no-such-host.test"));
        records.add(DnsRecord.mx("mxloop.test", 10, "a.mxloop.test"));
        records.add(DnsRecord.cname("a.mxloop.test", "b.mxloop.test"));
        records.add(DnsRecord.cname("b.mxloop.test", "a.mxloop.test"));
        records.add(DnsRecord.mx("deadmx.test", 10, "mx.servfail.test"));
        records.add(DnsRecord.mx("secondmx.test", 10, "mx.no-such-host.test"));
        records.add(DnsRecord.mx("secondmx.test", 20, "mx1.accept.test"));
        records.add(DnsRecord.mx("exmail.test", 5, "mxbiz1.qq.com"));
        records.add(DnsRecord.mx("exmail.test", 10, "mxbiz2.qq.com"));
        records.add(DnsRecord.address("mxbiz1.qq.com", HERE));
        records.add(DnsRecord.address("mxbiz2.qq.com", HERE));
    }

    /** Name servers of well-known DNS hosts, so that an NS record that names one can be published and followed. */
    private static void addDnsHosts(Set<DnsRecord> records) {
        for (String host : List.of(
                ZoneData.NAME_SERVER_1,
                ZoneData.NAME_SERVER_2,
                "f1g1ns1.dnspod.net",
                "f1g1ns2.dnspod.net",
                "dns9.hichina.com",
                "dns10.hichina.com",
                "ada.ns.cloudflare.com",
                "bob.ns.cloudflare.com",
                "ns1.huaweicloud-dns.com",
                "ns1.huaweicloud-dns.cn")) {
            records.add(DnsRecord.address(host, HERE));
        }
    }

    private static void addOperator(Set<DnsRecord> records, OperatorNames operator) {
        records.add(DnsRecord.txt(operator.spfName().ascii(), "v=spf1 ip4:127.0.0.1 ip6:::1 -all"));
        for (DomainName host : List.of(operator.bounceHost(), operator.trackingHost(), operator.mailHost())) {
            records.add(DnsRecord.address(host.ascii(), HERE));
        }
        for (DomainName host : new LinkedHashSet<>(List.of(operator.bounceHost(), operator.mailHost()))) {
            records.add(DnsRecord.txt(host.ascii(), "v=spf1 a -all"));
        }
        records.add(new DnsRecord(
                "1.0.0.127.in-addr.arpa",
                DnsRecord.Type.PTR,
                DnsRecord.DEFAULT_TTL,
                operator.mailHost().ascii()));
    }
}
