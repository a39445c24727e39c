package org.hongyan.mail.dkim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;

/** A DNS that holds the TXT records of one test and nothing else. */
final class PublishedRecords implements DnsResolver {

    private final Map<DomainName, DnsAnswer<String>> answers = new HashMap<>();
    private int questions;

    PublishedRecords with(String name, String... texts) {
        answers.put(DomainName.parse(name), new DnsAnswer.Found<>(List.of(texts), Duration.ofMinutes(5), false));
        return this;
    }

    PublishedRecords with(String name, DnsAnswer<String> answer) {
        answers.put(DomainName.parse(name), answer);
        return this;
    }

    int questions() {
        return questions;
    }

    @Override
    public DnsAnswer<String> txt(DomainName name) {
        questions++;
        return answers.getOrDefault(name, new DnsAnswer.NoSuchName<>());
    }

    @Override
    public DnsAnswer<Mx> mx(DomainName name) {
        return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<InetAddress> addresses(DomainName name) {
        return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<DomainName> cname(DomainName name) {
        return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<DomainName> ns(DomainName name) {
        return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<DomainName> ptr(InetAddress address) {
        return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<Tlsa> tlsa(DomainName host, int port) {
        return new DnsAnswer.NoSuchName<>();
    }
}
