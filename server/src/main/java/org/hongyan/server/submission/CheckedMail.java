package org.hongyan.server.submission;

import java.util.List;
import org.hongyan.mail.address.DomainName;
import org.hongyan.server.queue.NewMail;
import org.hongyan.server.suppression.Addressee;
import org.jspecify.annotations.Nullable;

/**
 * A submission that passed every check that needs no lock.
 *
 * @param subject for the history
 * @param idempotency null without a key
 */
record CheckedMail(
        NewMail mail,
        DomainName domain,
        String sender,
        String subject,
        @Nullable Idempotency idempotency) {

    /**
     * A key with what it stands for.
     *
     * @param contentHash of all that the caller gave; not to be changed
     */
    record Idempotency(String key, byte[] contentHash) {}

    List<Addressee> addressees() {
        return mail.recipients().stream()
                .map(recipient -> new Addressee(mail.account(), domain, recipient))
                .toList();
    }
}
