package org.hongyan.server.api;

import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.sender.SenderAddresses;
import org.springframework.stereotype.Component;

/**
 * {@code HeaderFrom} replaces the From field. It must be of the domain of {@code FromEmailAddress}, which must be a
 * sender of the account; that HeaderFrom is one too is checked at acceptance like any sender.
 */
@Component
final class HeaderFromRule {

    private final SenderAddresses senders;

    HeaderFromRule(SenderAddresses senders) {
        this.senders = senders;
    }

    Optional<TencentError> check(AccountId account, String fromEmailAddress, String headerFrom) {
        EmailAddress envelope;
        EmailAddress header;
        try {
            envelope = NamedAddress.parse(fromEmailAddress).address();
        } catch (IllegalArgumentException malformed) {
            return Optional.of(TencentError.of(
                    "FailedOperation.IncorrectSender", "sender-malformed", "parameter", "FromEmailAddress"));
        }
        try {
            header = NamedAddress.parse(headerFrom).address();
        } catch (IllegalArgumentException malformed) {
            return Optional.of(
                    TencentError.of("FailedOperation.IncorrectSender", "sender-malformed", "parameter", "HeaderFrom"));
        }
        if (senders.find(account, envelope).isEmpty()) {
            return Optional.of(TencentError.of(
                    "FailedOperation.NotAuthenticatedSender", "no-such-sender", "address", envelope.toString()));
        }
        return envelope.domain().equals(header.domain())
                ? Optional.empty()
                : Optional.of(TencentError.illegal(
                        "HeaderFrom", "…@" + envelope.domain().ascii()));
    }
}
