package org.hongyan.mail.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class AuthoritativeDnsTest {

    private static final DomainName NAME = new DomainName("a.test");

    private final List<ScriptedNameServer> servers = new ArrayList<>();
    private ScriptedNameServer first;
    private ScriptedNameServer second;
    private ScriptedNameServer recursive;
    private AuthoritativeDns dns;

    @BeforeEach
    void start() throws IOException {
        first = keep(new ScriptedNameServer());
        int port = first.address().getPort();
        second = keep(new ScriptedNameServer("127.0.0.2", port));
        recursive = keep(new ScriptedNameServer("127.0.0.3", port))
                .holding(
                        "a.test. 60 IN NS ns1.a.test.",
                        "a.test. 60 IN NS ns2.a.test.",
                        "ns1.a.test. 60 IN A 127.0.0.1",
                        "ns2.a.test. 60 IN A 127.0.0.2",
                        "b.test. 60 IN NS ns1.a.test.",
                        "test. 60 IN NS ns1.a.test.");
        dns = new AuthoritativeDns(
                DnsSettings.asking(List.of(recursive.address())).within(Duration.ofMillis(150), 1),
                port,
                InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        for (ScriptedNameServer server : servers) {
            server.close();
        }
    }

    @Test
    void theServersOfTheZoneAreAskedAndNamed() throws IOException {
        first.holding("a.test. 60 IN TXT \"v=spf1 -all\"", "a.test. 60 IN MX 10 mx.a.test.");
        second.holding("a.test. 60 IN TXT \"v=spf1 -all\"", "a.test. 60 IN MX 10 mx.a.test.");
        AuthoritativeAnswer<String> txt = dns.txt(NAME);
        assertThat(txt.answer().recordsOrEmpty()).containsExactly("v=spf1 -all");
        assertThat(txt.server()).isIn("ns1.a.test", "ns2.a.test");
        assertThat(dns.mx(NAME).answer().recordsOrEmpty())
                .containsExactly(new DnsResolver.Mx(10, new DomainName("mx.a.test")));
        assertThat(recursive.questions()).noneMatch(question -> question.endsWith("/TXT"));
    }

    @Test
    void aRecordCountsTheMomentItIsPublished() throws IOException {
        DomainName selector = new DomainName("s1._domainkey.mail.a.test");
        first.holding("a.test. 60 IN TXT x");
        second.holding("a.test. 60 IN TXT x");
        assertThat(dns.txt(selector).answer()).isInstanceOf(DnsAnswer.NoSuchName.class);
        first.holding("s1._domainkey.mail.a.test. 60 IN TXT k=rsa");
        second.holding("s1._domainkey.mail.a.test. 60 IN TXT k=rsa");
        assertThat(dns.txt(selector).answer().recordsOrEmpty()).containsExactly("k=rsa");
    }

    @Test
    void aSilentServerGivesWayToTheNext() throws IOException {
        first.silent(true);
        second.holding("a.test. 60 IN TXT text");
        AuthoritativeAnswer<String> answer = dns.txt(NAME);
        assertThat(answer.answer().recordsOrEmpty()).containsExactly("text");
        assertThat(answer.server()).isEqualTo("ns2.a.test");
    }

    @Test
    void silenceOfAllIsATimeOutAndNotAMissingRecord() {
        first.silent(true);
        second.silent(true);
        assertThat(dns.txt(NAME).answer())
                .isInstanceOfSatisfying(
                        DnsAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason())
                                .contains("ns1.a.test did not answer within 150 ms (time-out)")
                                .contains("ns2.a.test did not answer"));
    }

    @Test
    void aServerThatIsNotResponsibleIsPassedOver() throws IOException {
        first.lame();
        second.holding("a.test. 60 IN TXT text");
        assertThat(dns.txt(NAME).server()).isEqualTo("ns2.a.test");
        second.answering(Rcode.REFUSED);
        assertThat(dns.txt(NAME).answer())
                .isInstanceOfSatisfying(
                        DnsAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason())
                                .contains("ns1.a.test is not responsible for a.test")
                                .contains("ns2.a.test answered REFUSED"));
    }

    @Test
    void anAliasIntoAnotherZoneIsFollowedThere() throws IOException {
        for (ScriptedNameServer server : List.of(first, second)) {
            server.holding("_dmarc.a.test. 60 IN CNAME policy.b.test.", "policy.b.test. 60 IN TXT \"v=DMARC1;p=none\"");
        }
        assertThat(dns.txt(new DomainName("_dmarc.a.test")).answer().recordsOrEmpty())
                .containsExactly("v=DMARC1;p=none");
        assertThat(dns.cname(new DomainName("_dmarc.a.test")).answer().recordsOrEmpty())
                .containsExactly(new DomainName("policy.b.test"));
    }

    @Test
    void anUnregisteredDomainDoesNotExist() {
        assertThat(dns.txt(new DomainName("nobody.test")).answer()).isInstanceOf(DnsAnswer.NoSuchName.class);
        assertThat(dns.txt(new DomainName("nobody.elsewhere")).answer()).isInstanceOf(DnsAnswer.NoSuchName.class);
    }

    @Test
    void whenTheNameServersCannotBeFoundNothingIsSaidAboutTheRecord() {
        recursive.answering(Rcode.SERVFAIL);
        AuthoritativeAnswer<String> answer = dns.txt(NAME);
        assertThat(answer.server()).isNull();
        assertThat(answer.answer())
                .isInstanceOfSatisfying(
                        DnsAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason())
                                .contains("the name servers of a.test were not found")
                                .contains("SERVFAIL"));
    }

    @Test
    void theNameServersTellWhoHostsTheZone() {
        assertThat(dns.nameServers(new DomainName("deep.below.a.test")).recordsOrEmpty())
                .containsExactlyInAnyOrder(new DomainName("ns1.a.test"), new DomainName("ns2.a.test"));
    }

    private ScriptedNameServer keep(ScriptedNameServer server) {
        servers.add(server);
        return server;
    }
}
