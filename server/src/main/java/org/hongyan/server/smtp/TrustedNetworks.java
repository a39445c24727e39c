package org.hongyan.server.smtp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.sender.SendingDomains;
import org.springframework.stereotype.Component;

/** Networks that the operator has tied to one sender address each, for machines that cannot sign in. Thread-safe. */
@Component
final class TrustedNetworks {

    private record Tie(ClientNetwork network, EmailAddress sender) {}

    private final List<Tie> ties;
    private final SendingDomains domains;

    TrustedNetworks(SmtpProperties settings, SendingDomains domains) {
        this.ties = parse(settings.trustedNetworks());
        this.domains = domains;
    }

    private static List<Tie> parse(List<String> texts) {
        List<Tie> ties = new ArrayList<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "hongyan.smtp.trusted-networks has the form network=address, not " + text);
            }
            ties.add(new Tie(
                    ClientNetwork.parse(text.substring(0, equals).strip()),
                    EmailAddress.parse(text.substring(equals + 1).strip())));
        }
        return List.copyOf(ties);
    }

    /** Whether the address lies in one of the networks. */
    boolean hold(InetAddress client) {
        return ties.stream().anyMatch(tie -> tie.network().holds(client));
    }

    /** Whom this client sends as; empty when its network is tied to nobody, or to an address whose domain is gone. */
    Optional<Sender> sender(InetAddress client) {
        for (Tie tie : ties) {
            if (tie.network().holds(client)) {
                return domains.find(tie.sender().domain()).map(domain -> new Sender(domain.accountId(), tie.sender()));
            }
        }
        return Optional.empty();
    }
}
