package org.hongyan.mail.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;

/** A DNS whose records stand in the test. What is not there does not exist. */
final class FixedDns implements DnsResolver {

    private final Map<String, DnsAnswer<Mx>> mx = new HashMap<>();
    private final Map<String, DnsAnswer<InetAddress>> addresses = new HashMap<>();
    private final Map<String, DnsAnswer<Tlsa>> tlsa = new HashMap<>();
    private final Map<String, DnsAnswer<String>> txt = new HashMap<>();

    FixedDns mx(String domain, String... hosts) {
        int[] preference = {0};
        return mx(
                domain,
                new DnsAnswer.Found<>(
                        Arrays.stream(hosts)
                                .map(host ->
                                        new Mx(preference[0] += 10, host.equals(".") ? null : new DomainName(host)))
                                .toList(),
                        Duration.ofMinutes(5),
                        true));
    }

    FixedDns mx(String domain, DnsAnswer<Mx> answer) {
        mx.put(domain, answer);
        return this;
    }

    FixedDns host(String host, String... literals) {
        return host(
                host,
                new DnsAnswer.Found<>(
                        Arrays.stream(literals).map(InetAddress::ofLiteral).toList(), Duration.ofMinutes(5), true));
    }

    FixedDns host(String host, DnsAnswer<InetAddress> answer) {
        addresses.put(host, answer);
        return this;
    }

    FixedDns tlsa(String host, Tlsa record) {
        tlsa.put(host, new DnsAnswer.Found<>(List.of(record), Duration.ofMinutes(5), true));
        return this;
    }

    FixedDns tlsa(String host, DnsAnswer<Tlsa> answer) {
        tlsa.put(host, answer);
        return this;
    }

    FixedDns txt(String name, String text) {
        txt.put(name, new DnsAnswer.Found<>(List.of(text), Duration.ofMinutes(5), false));
        return this;
    }

    @Override
    public DnsAnswer<Mx> mx(DomainName name) {
        DnsAnswer<Mx> absent =
                addresses.containsKey(name.ascii()) ? new DnsAnswer.NoData<>() : new DnsAnswer.NoSuchName<>();
        return mx.getOrDefault(name.ascii(), absent);
    }

    @Override
    public DnsAnswer<String> txt(DomainName name) {
        return txt.getOrDefault(name.ascii(), new DnsAnswer.NoSuchName<>());
    }

    @Override
    public DnsAnswer<InetAddress> addresses(DomainName name) {
        return addresses.getOrDefault(name.ascii(), new DnsAnswer.NoSuchName<>());
    }

    @Override
    public DnsAnswer<DomainName> cname(DomainName name) {
        return new DnsAnswer.NoData<>();
    }

    @Override
    public DnsAnswer<DomainName> ns(DomainName name) {
        return new DnsAnswer.NoData<>();
    }

    @Override
    public DnsAnswer<DomainName> ptr(InetAddress address) {
        return new DnsAnswer.NoSuchName<>();
    }

    @Override
    public DnsAnswer<Tlsa> tlsa(DomainName host, int port) {
        return tlsa.getOrDefault(host.ascii(), new DnsAnswer.NoData<>());
    }
}
