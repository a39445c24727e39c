package org.hongyan.sandbox.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;

/** A stranger's record never makes the evaluator fail or ask without bound. */
class SpfPropertyTest {

    /** Ten terms that ask, each of which may ask for ten exchangers with addresses, and the texts of included records. */
    private static final int MOST_QUESTIONS = 150;

    @Property(tries = 1_000)
    void anyRecordGivesAResultWithinTheBudget(@ForAll("records") String record) throws Exception {
        AtomicInteger questions = new AtomicInteger();
        SpfVerdict verdict = new SpfCheck(new Everywhere("v=spf1 " + record, questions))
                .checkDomain(InetAddress.ofLiteral("192.0.2.1"), "mail.example.com");
        assertThat(verdict.reason()).isNotEmpty();
        assertThat(questions.get()).isLessThan(MOST_QUESTIONS);
    }

    @Provide
    Arbitrary<String> records() {
        Arbitrary<String> wild = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40);
        Arbitrary<String> likely = Arbitraries.of(
                "include:a.example.com",
                "redirect=%{d}",
                "a",
                "a/24",
                "a:%{ir}.%{d2}/33",
                "mx//64",
                "mx",
                "ptr",
                "ptr:example.com",
                "exists:%{l1r-}.%{d}",
                "ip4:192.0.2.0/24",
                "ip4:1.2.3",
                "ip6:::1",
                "-all",
                "~all",
                "exp=%{x}",
                "include:%{d9999}",
                "%{",
                "a:%%%{D}",
                "exists:%{S}%{h}%{p}%{v}.example.com");
        return Arbitraries.oneOf(wild, likely).list().ofMaxSize(14).map(terms -> String.join(" ", terms));
    }

    /** Every name has the same record, ten exchangers and one address. */
    private record Everywhere(String record, AtomicInteger questions) implements DnsResolver {

        @Override
        public DnsAnswer<Mx> mx(DomainName name) {
            Mx mx = new Mx(10, new DomainName("mx.example.com"));
            return found(List.of(mx, mx, mx, mx, mx, mx, mx, mx, mx, mx));
        }

        @Override
        public DnsAnswer<String> txt(DomainName name) {
            return found(List.of(record));
        }

        @Override
        public DnsAnswer<InetAddress> addresses(DomainName name) {
            return found(List.of(InetAddress.ofLiteral("198.51.100.7")));
        }

        @Override
        public DnsAnswer<DomainName> cname(DomainName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DnsAnswer<DomainName> ns(DomainName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DnsAnswer<DomainName> ptr(InetAddress address) {
            return found(List.of(new DomainName("host.example.com")));
        }

        @Override
        public DnsAnswer<Tlsa> tlsa(DomainName host, int port) {
            throw new UnsupportedOperationException();
        }

        private <T> DnsAnswer<T> found(List<T> records) {
            questions.incrementAndGet();
            return new DnsAnswer.Found<>(records, Duration.ofMinutes(1), false);
        }
    }
}
