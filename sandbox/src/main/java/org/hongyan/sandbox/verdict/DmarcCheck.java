package org.hongyan.sandbox.verdict;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.PublicSuffixes;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.message.HeaderField;

/** Whether a mail is what its author's domain asks for: policy discovery and alignment of RFC 7489. Thread-safe. */
public final class DmarcCheck {

    private final DnsResolver resolver;

    /** @param resolver asked for policies */
    public DmarcCheck(DnsResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Judges a message.
     *
     * @param header fields of the message, of which only From is read
     * @param spf what SPF said of the return path
     * @param dkim what became of each signature
     */
    public DmarcVerdict check(List<HeaderField> header, SpfVerdict spf, List<DkimVerdict> dkim) {
        Set<String> authors = authorDomains(header);
        Optional<DomainName> author =
                authors.size() == 1 ? DomainName.tryParse(authors.iterator().next()) : Optional.empty();
        if (author.isEmpty()) {
            String problem =
                    authors.isEmpty() ? "From names no domain" : "From names several domains, or none that is valid";
            return new DmarcVerdict(DmarcResult.PERMERROR, "", "", problem);
        }
        DomainName domain = author.get();
        return switch (discover(domain)) {
            case Discovery.Nothing(String reason) -> new DmarcVerdict(DmarcResult.NONE, domain.ascii(), "", reason);
            case Discovery.Unusable(String reason) -> new DmarcVerdict(DmarcResult.NONE, domain.ascii(), "", reason);
            case Discovery.Unknown(String reason) ->
                new DmarcVerdict(DmarcResult.TEMPERROR, domain.ascii(), "", reason);
            case Discovery.Policy(DmarcRecord record, boolean inherited) -> judge(domain, record, inherited, spf, dkim);
        };
    }

    private sealed interface Discovery {
        record Policy(DmarcRecord record, boolean inherited) implements Discovery {}

        record Nothing(String reason) implements Discovery {}

        /** Records that cancel each other out or cannot be used: the search ends here. */
        record Unusable(String reason) implements Discovery {}

        record Unknown(String reason) implements Discovery {}
    }

    /** The policy of the domain itself, else of its organisation (RFC 7489 §6.6.3). */
    private Discovery discover(DomainName domain) {
        Discovery own = policyAt(domain, false);
        Optional<DomainName> organisation = PublicSuffixes.registrableDomain(domain);
        if (!(own instanceof Discovery.Nothing)
                || organisation.isEmpty()
                || organisation.get().equals(domain)) {
            return own;
        }
        return policyAt(organisation.get(), true);
    }

    private Discovery policyAt(DomainName domain, boolean inherited) {
        Optional<DomainName> name = DomainName.tryParse("_dmarc." + domain);
        if (name.isEmpty()) {
            return new Discovery.Nothing("the name is too long for a policy");
        }
        return switch (resolver.txt(name.get())) {
            case DnsAnswer.Unavailable<String>(String reason) -> new Discovery.Unknown(name.get() + ": " + reason);
            case DnsAnswer.NoSuchName<String> none -> new Discovery.Nothing("no policy at " + name.get());
            case DnsAnswer.NoData<String> none -> new Discovery.Nothing("no policy at " + name.get());
            case DnsAnswer.Found<String> found -> {
                List<String> policies =
                        found.records().stream().filter(DmarcRecord::isDmarc).toList();
                if (policies.isEmpty()) {
                    yield new Discovery.Nothing("no policy at " + name.get());
                }
                if (policies.size() > 1) {
                    yield new Discovery.Unusable("several policies at " + name.get());
                }
                yield policies.stream()
                        .findFirst()
                        .flatMap(DmarcRecord::parse)
                        .<Discovery>map(record -> new Discovery.Policy(record, inherited))
                        .orElseGet(() -> new Discovery.Unusable("no usable policy at " + name.get()));
            }
        };
    }

    private static DmarcVerdict judge(
            DomainName domain, DmarcRecord record, boolean inherited, SpfVerdict spf, List<DkimVerdict> dkim) {
        String policy = inherited ? record.subdomainPolicy() : record.policy();
        for (DkimVerdict signature : dkim) {
            if (signature.passed() && aligned(signature.domain(), domain, record.strictDkim())) {
                return new DmarcVerdict(
                        DmarcResult.PASS, domain.ascii(), policy, "DKIM passed for " + signature.domain());
            }
        }
        if (spf.passed() && aligned(spf.domain(), domain, record.strictSpf())) {
            return new DmarcVerdict(DmarcResult.PASS, domain.ascii(), policy, "SPF passed for " + spf.domain());
        }
        boolean unsure = spf.result() == SpfResult.TEMPERROR
                || dkim.stream().anyMatch(signature -> signature.result() == DkimVerdict.Result.TEMPERROR);
        if (unsure) {
            return new DmarcVerdict(
                    DmarcResult.TEMPERROR, domain.ascii(), policy, "neither SPF nor DKIM could be checked to the end");
        }
        return new DmarcVerdict(
                DmarcResult.FAIL,
                domain.ascii(),
                policy,
                "neither SPF nor DKIM passed for a domain aligned with " + domain);
    }

    private static boolean aligned(String identifier, DomainName author, boolean strict) {
        Optional<DomainName> name = DomainName.tryParse(identifier);
        if (name.isEmpty()) {
            return false;
        }
        return strict ? name.get().equals(author) : organisation(name.get()).equals(organisation(author));
    }

    private static DomainName organisation(DomainName name) {
        return PublicSuffixes.registrableDomain(name).orElse(name);
    }

    private static Set<String> authorDomains(List<HeaderField> header) {
        return header.stream()
                .filter(field -> field.isNamed("From"))
                .flatMap(field -> mailboxes(field.unfolded()).stream())
                .map(Mailbox::getDomain)
                .map(domain -> domain == null ? "" : domain.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static MailboxList mailboxes(String value) {
        return LenientAddressParser.DEFAULT.parseAddressList(value).flatten();
    }
}
