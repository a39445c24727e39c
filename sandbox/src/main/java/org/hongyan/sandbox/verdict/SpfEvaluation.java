package org.hongyan.sandbox.verdict;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;

/**
 * One run of check_host (RFC 7208 §4 to §6) with its budget: at most ten terms that ask the DNS and two answers without
 * records, over all records that are included or redirected to.
 */
final class SpfEvaluation {

    private static final int MOST_LOOKUPS = 10;
    private static final int MOST_VOID_LOOKUPS = 2;
    private static final int MOST_NAMES = 10;

    /** Ends the evaluation with an error result. */
    private static final class Aborted extends Exception {
        private final SpfResult result;

        Aborted(SpfResult result, String reason) {
            super(reason);
            this.result = result;
        }
    }

    private record Finding(SpfResult result, String reason) {}

    private final DnsResolver resolver;
    private final InetAddress client;
    private final String senderDomain;
    private final SpfMacros macros;
    private int lookups;
    private int voidLookups;

    SpfEvaluation(DnsResolver resolver, InetAddress client, String localPart, String senderDomain, String helo) {
        this.resolver = resolver;
        this.client = client;
        this.senderDomain = senderDomain;
        this.macros = new SpfMacros(client, localPart, senderDomain, helo, this::validatedName);
    }

    SpfVerdict verdict() {
        Optional<DomainName> domain =
                DomainName.tryParse(senderDomain).filter(name -> name.parent().isPresent());
        if (domain.isEmpty()) {
            return new SpfVerdict(SpfResult.NONE, senderDomain, "no domain to ask about");
        }
        try {
            Finding finding = checkHost(domain.get());
            return new SpfVerdict(finding.result, senderDomain, finding.reason);
        } catch (Aborted aborted) {
            return new SpfVerdict(aborted.result, senderDomain, String.valueOf(aborted.getMessage()));
        }
    }

    private Finding checkHost(DomainName domain) throws Aborted {
        Optional<String> text = spfText(domain);
        if (text.isEmpty()) {
            return new Finding(SpfResult.NONE, domain + " has no SPF record");
        }
        SpfRecord record;
        try {
            record = SpfRecord.parse(text.get());
        } catch (SpfSyntaxException malformed) {
            throw new Aborted(SpfResult.PERMERROR, "the SPF record of " + domain + ": " + malformed.getMessage());
        }
        for (SpfTerm.Mechanism mechanism : record.mechanisms()) {
            if (matches(mechanism, domain)) {
                return new Finding(mechanism.result(), domain + " has " + mechanism.text());
            }
        }
        if (record.redirect() != null) {
            return redirected(record.redirect(), domain);
        }
        return new Finding(SpfResult.NEUTRAL, "no mechanism of " + domain + " matches " + client.getHostAddress());
    }

    private Finding redirected(String domainSpec, DomainName domain) throws Aborted {
        countLookup();
        String target = macros.expand(domainSpec, domain.ascii());
        Optional<DomainName> name = DomainName.tryParse(target);
        Finding finding =
                name.isPresent() ? checkHost(name.get()) : new Finding(SpfResult.NONE, target + " is no domain name");
        if (finding.result == SpfResult.NONE) {
            throw new Aborted(SpfResult.PERMERROR, domain + " redirects to " + target + ", which has no SPF record");
        }
        return finding;
    }

    private boolean matches(SpfTerm.Mechanism mechanism, DomainName domain) throws Aborted {
        return switch (mechanism) {
            case SpfTerm.All all -> true;
            case SpfTerm.Network network -> isWithin(network.address(), network.prefix());
            case SpfTerm.Include include -> includes(include, domain);
            case SpfTerm.Address address -> {
                countLookup();
                Optional<DomainName> name = target(address.domainSpec(), domain);
                yield name.isPresent() && anyAddressMatches(name.get(), address.prefix4(), address.prefix6(), true);
            }
            case SpfTerm.Exchangers exchangers -> {
                countLookup();
                Optional<DomainName> name = target(exchangers.domainSpec(), domain);
                yield name.isPresent() && anyExchangerMatches(name.get(), exchangers);
            }
            case SpfTerm.Pointer pointer -> {
                countLookup();
                Optional<DomainName> name = target(pointer.domainSpec(), domain);
                yield name.isPresent() && pointsWithin(name.get());
            }
            case SpfTerm.Exists exists -> {
                countLookup();
                Optional<DomainName> name = target(exists.domainSpec(), domain);
                // "exists" asks for type A whatever the client's family is (§5.7).
                yield name.isPresent()
                        && recordsOf(resolver.addresses(name.get()), name.get(), true).stream()
                                .anyMatch(java.net.Inet4Address.class::isInstance);
            }
        };
    }

    private boolean includes(SpfTerm.Include include, DomainName domain) throws Aborted {
        countLookup();
        Optional<DomainName> name = target(include.domainSpec(), domain);
        Finding finding = name.isPresent()
                ? checkHost(name.get())
                : new Finding(SpfResult.NONE, include.domainSpec() + " is no domain name");
        return switch (finding.result) {
            case PASS -> true;
            case FAIL, SOFTFAIL, NEUTRAL -> false;
            case NONE ->
                throw new Aborted(
                        SpfResult.PERMERROR,
                        domain + " includes " + include.domainSpec() + ", which has no SPF record");
            case TEMPERROR, PERMERROR -> throw new Aborted(finding.result, finding.reason);
        };
    }

    private boolean anyExchangerMatches(DomainName name, SpfTerm.Exchangers exchangers) throws Aborted {
        List<DnsResolver.Mx> found = recordsOf(resolver.mx(name), name, true);
        if (found.size() > MOST_NAMES) {
            throw new Aborted(SpfResult.PERMERROR, name + " has more than " + MOST_NAMES + " MX records");
        }
        for (DnsResolver.Mx mx : found) {
            DomainName exchange = mx.exchange();
            if (exchange != null && anyAddressMatches(exchange, exchangers.prefix4(), exchangers.prefix6(), false)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyAddressMatches(DomainName name, int prefix4, int prefix6, boolean countVoid) throws Aborted {
        boolean four = client.getAddress().length == 4;
        for (InetAddress address : recordsOf(resolver.addresses(name), name, countVoid)) {
            if (isWithin(address, four ? prefix4 : prefix6)) {
                return true;
            }
        }
        return false;
    }

    /** Names of the client that point back to it (§5.5); DNS errors make no match. */
    private List<DomainName> confirmedNames() {
        return resolver.ptr(client).recordsOrEmpty().stream()
                .limit(MOST_NAMES)
                .filter(name -> resolver.addresses(name).recordsOrEmpty().contains(client))
                .toList();
    }

    private boolean pointsWithin(DomainName domain) {
        return confirmedNames().stream().anyMatch(name -> name.isWithin(domain));
    }

    private String validatedName() {
        List<DomainName> names = confirmedNames();
        return names.stream()
                .filter(name ->
                        DomainName.tryParse(senderDomain).map(name::isWithin).orElse(false))
                .findFirst()
                .or(() -> names.stream().findFirst())
                .map(DomainName::ascii)
                .orElse("unknown");
    }

    /** The one SPF record of a domain; a name that cannot exist has none. */
    private Optional<String> spfText(DomainName domain) throws Aborted {
        List<String> found = switch (resolver.txt(domain)) {
            case DnsAnswer.Found<String> answer ->
                answer.records().stream().filter(SpfRecord::isSpf).toList();
            case DnsAnswer.NoSuchName<String> none -> List.of();
            case DnsAnswer.NoData<String> none -> List.of();
            case DnsAnswer.Unavailable<String>(String reason) ->
                throw new Aborted(SpfResult.TEMPERROR, "TXT of " + domain + ": " + reason);
        };
        if (found.size() > 1) {
            throw new Aborted(SpfResult.PERMERROR, domain + " has " + found.size() + " SPF records");
        }
        return found.stream().findFirst();
    }

    private <T> List<T> recordsOf(DnsAnswer<T> answer, DomainName name, boolean countVoid) throws Aborted {
        return switch (answer) {
            case DnsAnswer.Found<T> found -> found.records();
            case DnsAnswer.NoSuchName<T> none -> nothing(name, countVoid);
            case DnsAnswer.NoData<T> none -> nothing(name, countVoid);
            case DnsAnswer.Unavailable<T>(String reason) ->
                throw new Aborted(SpfResult.TEMPERROR, name + ": " + reason);
        };
    }

    private <T> List<T> nothing(DomainName name, boolean countVoid) throws Aborted {
        if (countVoid && ++voidLookups > MOST_VOID_LOOKUPS) {
            throw new Aborted(
                    SpfResult.PERMERROR,
                    "more than " + MOST_VOID_LOOKUPS + " names without records, the last one " + name);
        }
        return List.of();
    }

    private Optional<DomainName> target(@org.jspecify.annotations.Nullable String domainSpec, DomainName domain) {
        return domainSpec == null
                ? Optional.of(domain)
                : DomainName.tryParse(macros.expand(domainSpec, domain.ascii()));
    }

    private void countLookup() throws Aborted {
        if (++lookups > MOST_LOOKUPS) {
            throw new Aborted(SpfResult.PERMERROR, "more than " + MOST_LOOKUPS + " DNS look-ups");
        }
    }

    private boolean isWithin(InetAddress network, int prefix) {
        byte[] ours = client.getAddress();
        byte[] theirs = network.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((ours[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
