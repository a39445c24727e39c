package org.hongyan.sandbox.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.AuthoritativeDns;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsJavaResolver;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.dns.DnsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class PretendDnsTest {

    private static final String KEY = "v=DKIM1; k=rsa; p=" + "A".repeat(392);

    @TempDir
    Path folder;

    private PretendDns dns;

    @BeforeEach
    void start() {
        dns = started();
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void aProviderHasMailExchangersNamedAsItsOwnAreThatAllLeadHere() throws IOException {
        Message answer = ask("qq.com", Type.MX);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(rdata(answer)).containsExactlyInAnyOrder("10 mx3.qq.com.", "20 mx2.qq.com.", "30 mx1.qq.com.");
        assertThat(rdata(ask("mx1.qq.com", Type.A))).containsExactly("127.0.0.1");
        assertThat(rdata(ask("gmail.com", Type.MX))).contains("10 gmail-smtp-in.l.google.com.");
    }

    @Test
    void anUnknownNameDoesNotExistAndAKnownOneWithoutTheTypeHasNoData() throws IOException {
        Message missing = ask("no-such-name.example.com", Type.A);
        assertThat(missing.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(missing.getSection(Section.AUTHORITY)).singleElement().matches(soa -> soa.getType() == Type.SOA);
        assertThat(ask("no-such-top-level", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask("x.no-such-top-level", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        Message empty = ask("mx1.qq.com", Type.MX);
        assertThat(empty.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(empty.getSection(Section.ANSWER)).isEmpty();
        assertThat(empty.getSection(Section.AUTHORITY).getFirst().getName()).hasToString("qq.com.");
    }

    @Test
    void aNameThatOnlyHasNamesBelowItExistsWithoutData() throws IOException {
        dns.publish(DnsRecord.txt("s1._domainkey.mail.example.com", KEY));
        assertThat(ask("_domainkey.mail.example.com", Type.TXT).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("mail.example.com", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("other.example.com", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aLongTextIsTruncatedOverUdpAndComesInStringsOf255OctetsOverTcp() throws IOException {
        String text = KEY + "x".repeat(900);
        dns.publish(DnsRecord.txt("s1._domainkey.example.com", text));
        SimpleResolver udp = client();
        udp.setIgnoreTruncation(true);
        udp.setEDNS(-1);
        assertThat(udp.send(question("s1._domainkey.example.com", Type.TXT))
                        .getHeader()
                        .getFlag(Flags.TC))
                .isTrue();
        SimpleResolver tcp = client();
        tcp.setTCP(true);
        TXTRecord record = (TXTRecord) tcp.send(question("s1._domainkey.example.com", Type.TXT))
                .getSection(Section.ANSWER)
                .getFirst();
        assertThat(record.getStringsAsByteArrays()).hasSize(6);
        assertThat(record.getStringsAsByteArrays().getFirst()).hasSize(255);
        assertThat(String.join("", record.getStrings())).isEqualTo(text);
    }

    @Test
    void severalTextRecordsOfOneNameAreAllGiven() throws IOException {
        dns.publish(DnsRecord.txt("example.com", "v=spf1 -all"));
        dns.publish(DnsRecord.txt("example.com", "google-site-verification=\"quoted\\back\""));
        dns.publish(DnsRecord.txt("example.com", "中文"));
        assertThat(texts("example.com"))
                .containsExactly("v=spf1 -all", "google-site-verification=\"quoted\\back\"", "中文");
    }

    @Test
    void publishingMakesTheZoneWhereARegistryWouldHaveCutIt() throws IOException {
        dns.publish(DnsRecord.txt("mail.example.com.cn", "hello"));
        assertThat(dns.zones()).contains("example.com.cn").doesNotContain("com.cn");
        Message servers = ask("example.com.cn", Type.NS);
        assertThat(rdata(servers)).containsExactly("ns1.sandbox.test.", "ns2.sandbox.test.");
        assertThat(rdata(ask("ns1.sandbox.test", Type.A))).containsExactly("127.0.0.1");
        assertThat(rdata(ask(".", Type.NS))).contains("ns1.sandbox.test.");
    }

    @Test
    void aPublishedNameServerTakesThePlaceOfOurs() throws IOException {
        dns.publish(DnsRecord.ns("example.com", "f1g1ns1.dnspod.net"));
        assertThat(rdata(ask("example.com", Type.NS))).containsExactly("f1g1ns1.dnspod.net.");
        assertThat(rdata(ask("f1g1ns1.dnspod.net", Type.A))).containsExactly("127.0.0.1");
    }

    @Test
    void anAliasIsFollowedToItsEnd() throws IOException {
        dns.publish(DnsRecord.cname("track.example.com", "track.hongyan.test"));
        dns.publish(DnsRecord.cname("dangling.example.com", "nowhere.example.net"));
        Message answer = ask("track.example.com", Type.A);
        assertThat(rdata(answer)).containsExactly("track.hongyan.test.", "127.0.0.1");
        Message dangling = ask("dangling.example.com", Type.A);
        assertThat(dangling.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(rdata(dangling)).containsExactly("nowhere.example.net.");
        assertThat(rdata(ask("track.example.com", Type.CNAME))).containsExactly("track.hongyan.test.");
    }

    @Test
    void aLoopOfAliasesEnds() throws IOException {
        Message answer = ask("a.mxloop.test", Type.A);
        assertThat(rdata(answer)).containsExactly("b.mxloop.test.", "a.mxloop.test.");
    }

    @Test
    void anAliasStandsAlone() {
        dns.publish(DnsRecord.address("www.example.com", "192.0.2.1"));
        assertThatThrownBy(() -> dns.publish(DnsRecord.cname("www.example.com", "other.example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stands alone");
        assertThat(dns.records()).hasSize(1);
    }

    @Test
    void everyNameBelowAWildcardTakesMail() throws IOException {
        Message answer = ask("customer-7.bulk.test", Type.MX);
        assertThat(rdata(answer)).containsExactly("10 mx.bulk.test.");
        assertThat(answer.getSection(Section.ANSWER).getFirst().getName()).hasToString("customer-7.bulk.test.");
    }

    @Test
    void theDomainsWithOddRecordsAreAsTheirNamesSay() {
        DnsResolver resolver = engineResolver();
        assertThat(resolver.mx(new DomainName("nullmx.test")).recordsOrEmpty())
                .containsExactly(new DnsResolver.Mx(0, null));
        assertThat(resolver.mx(new DomainName("nomx.test"))).isInstanceOf(DnsAnswer.NoData.class);
        assertThat(resolver.addresses(new DomainName("nomx.test")).recordsOrEmpty())
                .hasSize(1);
        assertThat(resolver.mx(new DomainName("nomail.test"))).isInstanceOf(DnsAnswer.NoData.class);
        assertThat(resolver.addresses(new DomainName("nomail.test"))).isInstanceOf(DnsAnswer.NoData.class);
        assertThat(resolver.addresses(new DomainName("mx.no-such-host.test"))).isInstanceOf(DnsAnswer.NoSuchName.class);
        assertThat(resolver.mx(new DomainName("servfail.test"))).isInstanceOf(DnsAnswer.Unavailable.class);
        assertThat(resolver.mx(new DomainName("refused.test"))).isInstanceOf(DnsAnswer.Unavailable.class);
        assertThat(resolver.mx(new DomainName("exmail.test")).recordsOrEmpty())
                .contains(new DnsResolver.Mx(5, new DomainName("mxbiz1.qq.com")));
    }

    @Test
    void theOperatorsNamesAndTheAddressPointAtEachOther() throws IOException {
        assertThat(rdata(ask("bounce.hongyan.test", Type.A))).containsExactly("127.0.0.1");
        assertThat(texts("spf.hongyan.test")).containsExactly("v=spf1 ip4:127.0.0.1 ip6:::1 -all");
        assertThat(rdata(ask("1.0.0.127.in-addr.arpa", Type.PTR))).containsExactly("mta.hongyan.test.");
    }

    @Test
    void recordsSurviveARestartAndRemovedOnesDoNot() throws IOException {
        DnsRecord kept = DnsRecord.txt("s1._domainkey.example.com", KEY);
        dns.publishAll(List.of(
                kept,
                DnsRecord.mx("example.com", 10, "bounce.hongyan.test"),
                DnsRecord.txt("example.com", "say \"hi\" \\ 你好"),
                DnsRecord.txt("gone.example.com", "x")));
        assertThat(dns.remove("gone.example.com", DnsRecord.Type.TXT)).isEqualTo(1);
        List<DnsRecord> before = dns.records();
        dns.close();
        dns = started();
        assertThat(dns.records()).isEqualTo(before).hasSize(3);
        assertThat(texts("example.com")).containsExactly("say \"hi\" \\ 你好");
        assertThat(dns.remove(kept)).isTrue();
        assertThat(dns.remove(kept)).isFalse();
        assertThat(dns.removeWithin("example.com")).isEqualTo(2);
        assertThat(ask("example.com", Type.MX).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aDamagedRecordFileIsRefusedWithItsLine() throws IOException {
        dns.publish(DnsRecord.txt("example.com", "x"));
        dns.close();
        Files.writeString(folder.resolve("records.zone"), "example.com. 30 IN A 999.1.1.1\n");
        assertThatThrownBy(this::started)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("records.zone, line 1");
        Files.delete(folder.resolve("records.zone"));
        dns = started();
    }

    @Test
    void theSameRecordPublishedAgainIsOneRecordWithTheNewTtl() {
        dns.publish(DnsRecord.txt("example.com", "x"));
        dns.publish(DnsRecord.txt("EXAMPLE.com.", "x").withTtl(Duration.ofHours(1)));
        assertThat(dns.records()).singleElement().matches(record -> record.ttl().equals(Duration.ofHours(1)));
    }

    @Test
    void replacingPutsNewTextsInThePlaceOfOld() throws IOException {
        dns.publish(DnsRecord.txt("example.com", "old"));
        dns.replace("example.com", DnsRecord.Type.TXT, List.of(DnsRecord.txt("example.com", "new")));
        assertThat(texts("example.com")).containsExactly("new");
        assertThatThrownBy(() -> dns.replace(
                        "example.com", DnsRecord.Type.TXT, List.of(DnsRecord.cname("mx1.qq.com", "example.com"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(texts("example.com")).containsExactly("new");
    }

    @Test
    void aFaultIsSetForOneNameOrASubtreeAndHealed() throws IOException {
        dns.publish(DnsRecord.txt("example.com", "x"));
        dns.publish(DnsRecord.txt("_dmarc.example.com", "v=DMARC1; p=none"));
        dns.fail("_dmarc.example.com", new DnsFault.ServerFailure());
        assertThat(ask("_dmarc.example.com", Type.TXT).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(ask("example.com", Type.TXT).getRcode()).isEqualTo(Rcode.NOERROR);
        dns.failWithin("example.com", new DnsFault.Refusal());
        assertThat(ask("example.com", Type.TXT).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(ask("_dmarc.example.com", Type.TXT).getRcode()).isEqualTo(Rcode.SERVFAIL);
        dns.heal("_dmarc.example.com");
        assertThat(ask("_dmarc.example.com", Type.TXT).getRcode()).isEqualTo(Rcode.REFUSED);
        dns.heal("example.com");
        assertThat(texts("_dmarc.example.com")).containsExactly("v=DMARC1; p=none");
    }

    @Test
    void aLieIsToldAsItStands() throws IOException {
        dns.publish(DnsRecord.txt("example.com", "truth"));
        dns.fail("example.com", new DnsFault.Lie(List.of(DnsRecord.txt("example.com", "lie"))));
        assertThat(texts("example.com")).containsExactly("lie");
        dns.fail("example.com", new DnsFault.Lie(List.of()));
        assertThat(ask("example.com", Type.TXT).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void silenceGarbageAndWrongIdsAreNoAnswerToTheEngine() {
        dns.publish(DnsRecord.txt("example.com", "x"));
        DnsResolver resolver = engineResolver();
        for (DnsFault fault : List.of(new DnsFault.Silence(), new DnsFault.Garbage(), new DnsFault.WrongId())) {
            dns.fail("example.com", fault);
            assertThat(resolver.txt(new DomainName("example.com")))
                    .as("%s", fault)
                    .isInstanceOf(DnsAnswer.Unavailable.class);
            assertThat(dns.resolver().txt(new DomainName("example.com")))
                    .as("%s", fault)
                    .isInstanceOf(DnsAnswer.Unavailable.class);
        }
    }

    @Test
    void aTruncatedAnswerIsAskedForAgainOverTcp() {
        dns.publish(DnsRecord.txt("example.com", "x"));
        dns.fail("example.com", new DnsFault.Truncation());
        assertThat(engineResolver().txt(new DomainName("example.com")).recordsOrEmpty())
                .containsExactly("x");
        assertThat(dns.recentQueries())
                .contains(
                        new PretendDns.Query("example.com", "TXT", false),
                        new PretendDns.Query("example.com", "TXT", true));
    }

    @Test
    void aDelayedAnswerComesLate() throws IOException {
        dns.publish(DnsRecord.txt("example.com", "x"));
        dns.fail("example.com", new DnsFault.Delay(Duration.ofMillis(150)));
        long start = System.nanoTime();
        assertThat(texts("example.com")).containsExactly("x");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    }

    @Test
    void theEngineFindsTheAuthoritativeServersAndAsksThem() {
        dns.publish(DnsRecord.mx("mail.example.com", 10, "bounce.hongyan.test"));
        AuthoritativeDns authoritative =
                new AuthoritativeDns(engineSettings(), dns.address().getPort(), Clock.systemUTC());
        assertThat(authoritative.mx(new DomainName("mail.example.com")).answer().recordsOrEmpty())
                .containsExactly(new DnsResolver.Mx(10, new DomainName("bounce.hongyan.test")));
        assertThat(authoritative.txt(new DomainName("_dmarc.mail.example.com")).answer())
                .isInstanceOf(DnsAnswer.NoSuchName.class);
        dns.publish(DnsRecord.txt("_dmarc.mail.example.com", "v=DMARC1; p=none"));
        assertThat(authoritative
                        .txt(new DomainName("_dmarc.mail.example.com"))
                        .answer()
                        .recordsOrEmpty())
                .containsExactly("v=DMARC1; p=none");
    }

    @Test
    void theResolverWithoutSocketsSaysTheSameAsTheSockets() throws IOException {
        DnsResolver resolver = dns.resolver();
        assertThat(resolver.mx(new DomainName("163.com")).recordsOrEmpty())
                .containsExactlyInAnyOrderElementsOf(
                        engineResolver().mx(new DomainName("163.com")).recordsOrEmpty());
        assertThat(resolver.ptr(InetAddress.getLoopbackAddress()).recordsOrEmpty())
                .containsExactly(new DomainName("mta.hongyan.test"));
        assertThat(resolver.ns(new DomainName("qq.com")).recordsOrEmpty()).hasSize(2);
        assertThat(resolver.txt(new DomainName("no-such.example"))).isInstanceOf(DnsAnswer.NoSuchName.class);
        assertThat(resolver.mx(new DomainName("mx1.qq.com"))).isInstanceOf(DnsAnswer.NoData.class);
        dns.publish(DnsRecord.of("_25._tcp.mx1.qq.com", "TLSA", "3 1 1 " + "ab".repeat(32)));
        assertThat(resolver.tlsa(new DomainName("mx1.qq.com"), 25).recordsOrEmpty())
                .singleElement()
                .matches(tlsa -> tlsa.data().length == 32);
    }

    @Test
    void octetsThatAreNoQueryAreIgnoredAndTheServerLivesOn() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(100);
            for (int length : new int[] {0, 1, 11, 12, 40, 600}) {
                socket.send(new DatagramPacket(new byte[length], length, dns.address()));
            }
            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[512], 512)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(ask("qq.com", Type.MX).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void zoneTransfersAreRefused() throws IOException {
        SimpleResolver tcp = client();
        tcp.setTCP(true);
        Message query = Message.newQuery(Record.newRecord(Name.fromString("qq.com."), Type.AXFR, DClass.IN));
        assertThat(dns.resolver()).isNotNull();
        byte[] wire = query.toWire();
        try (var socket =
                new java.net.Socket(dns.address().getAddress(), dns.address().getPort())) {
            socket.getOutputStream().write(new byte[] {(byte) (wire.length >> 8), (byte) wire.length});
            socket.getOutputStream().write(wire);
            var in = new java.io.DataInputStream(socket.getInputStream());
            Message answer = new Message(in.readNBytes(in.readUnsignedShort()));
            assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        }
    }

    private PretendDns started() {
        return PretendDns.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.resolve("records.zone"),
                PretendInternet.records(OperatorNames.defaults()));
    }

    private DnsSettings engineSettings() {
        return DnsSettings.asking(List.of(dns.address()))
                .within(Duration.ofMillis(300), 1)
                .withoutCache();
    }

    private DnsResolver engineResolver() {
        return new DnsJavaResolver(engineSettings(), Clock.systemUTC());
    }

    private SimpleResolver client() {
        SimpleResolver resolver = new SimpleResolver(dns.address());
        resolver.setTimeout(Duration.ofSeconds(2));
        return resolver;
    }

    private Message ask(String name, int type) throws IOException {
        return client().send(question(name, type));
    }

    private static Message question(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
    }

    private List<String> texts(String name) throws IOException {
        return ask(name, Type.TXT).getSection(Section.ANSWER).stream()
                .map(TXTRecord.class::cast)
                .map(record -> {
                    var joined = new java.io.ByteArrayOutputStream();
                    record.getStringsAsByteArrays().forEach(joined::writeBytes);
                    return joined.toString(java.nio.charset.StandardCharsets.UTF_8);
                })
                .toList();
    }

    private static List<String> rdata(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }
}
