package org.hongyan.server.sender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.dns.AuthoritativeDns;
import org.hongyan.mail.dns.DnsJavaResolver;
import org.hongyan.mail.dns.DnsSettings;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.dns.OperatorNames;
import org.hongyan.sandbox.dns.PretendDns;
import org.hongyan.sandbox.dns.PretendInternet;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.TestAccounts;
import org.hongyan.server.secrets.TestSecrets;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The sender room on a test's database and a real name server, without Spring.
 *
 * <pre>{@code
 * TestSenders senders = TestSenders.on(DATABASE, clock);
 * senders.verified(account, "mail.acme.test");
 * }</pre>
 */
public final class TestSenders implements AutoCloseable {

    final PretendDns dns;
    final SenderProperties settings;
    final SendingDomains domains;
    final SenderAddresses addresses;
    final DkimKeys dkimKeys;
    final DomainRepository domainRepository;
    final DomainVerification verification;
    final List<Object> events = new ArrayList<>();

    private TestSenders(TestDatabase database, Clock clock, Map<String, String> settingsGiven) {
        try {
            Path folder = Files.createTempDirectory("hongyan-test-dns");
            this.dns = PretendDns.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    folder.resolve("zones"),
                    PretendInternet.records(OperatorNames.defaults()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.settings = settings(settingsGiven);
        DnsSettings asking = DnsSettings.asking(List.of(dns.address()))
                .within(Duration.ofMillis(300), 1)
                .withoutCache();
        var resolver = new DnsJavaResolver(asking, clock);
        var authoritative = new AuthoritativeDns(asking, dns.address().getPort(), clock);
        domainRepository = new DomainRepository(database.jdbc());
        DkimKeyRepository keys = new DkimKeyRepository(database.jdbc());
        dkimKeys = new DkimKeys(keys, domainRepository, TestSecrets.fresh(), clock);
        var registry = new DomainVerification.Registry(domainRepository, keys, database.transactions());
        var looker = new RecordLooker(authoritative, resolver, settings);
        verification = new DomainVerification(
                registry, looker, TestAccounts.on(database, clock).auditTrail(), events::add, settings, clock);
        domains = new SendingDomains(
                registry,
                new DomainRegistration(registry, dkimKeys, looker, settings, clock),
                verification,
                new DomainReports(domainRepository, keys, settings),
                dkimKeys,
                clock);
        addresses = new SenderAddresses(
                new AddressRepository(database.jdbc()), registry, new SmtpPasswords(settings), settings, clock);
    }

    /** The room with its default settings, but for a quick password hash. */
    public static TestSenders on(TestDatabase database, Clock clock) {
        return with(database, clock, Map.of());
    }

    static TestSenders with(TestDatabase database, Clock clock, Map<String, String> settings) {
        return new TestSenders(database, clock, settings);
    }

    static SenderProperties settings(Map<String, String> given) {
        Map<String, String> names = new HashMap<>(Map.of("hongyan.sender.password-hash-cost", "4"));
        given.forEach((name, value) -> names.put("hongyan.sender." + name, value));
        return new Binder(new MapConfigurationPropertySource(names))
                .bindOrCreate("hongyan.sender", SenderProperties.class);
    }

    public SendingDomains domains() {
        return domains;
    }

    public SenderAddresses addresses() {
        return addresses;
    }

    public DkimKeys dkimKeys() {
        return dkimKeys;
    }

    /** Publishes every record of a report as it is expected. */
    void publish(DomainReport report) {
        for (DnsRecordCheck record : report.records()) {
            dns.replace(
                    record.host().ascii(),
                    DnsRecord.typeNamed(record.type()),
                    List.of(DnsRecord.of(record.host().ascii(), record.type(), record.expected())));
        }
    }

    /** A domain that has passed. */
    public DomainReport verified(AccountId account, String name) {
        publish(TestAccounts.done(domains.create(account, name)));
        return TestAccounts.done(domains.verify(account, name));
    }

    @Override
    public void close() {
        dns.close();
    }
}
