package org.hongyan.server.sender;

import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.message.Message;
import org.springframework.stereotype.Service;

/** The signing keys, encrypted at rest and kept ready in memory within a bound. Thread-safe. */
@Service
public class DkimKeys {

    /** Signs with the live selector of the domain, as the last step before the wire; empty when it has no key. */
    public Optional<Message> sign(DomainName domain, Message message) {
        throw new UnsupportedOperationException();
    }
}
