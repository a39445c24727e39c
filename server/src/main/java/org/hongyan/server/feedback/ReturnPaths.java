package org.hongyan.server.feedback;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.secrets.Secrets;
import org.springframework.stereotype.Service;

/**
 * The return paths of our mail: signed, so that nobody can make up a bounce, and expiring. They are addresses under the
 * sending domain, whose MX record points at us, so that SPF is aligned with the author (RFC 7489 §3.1.2). Thread-safe.
 */
@Service
public class ReturnPaths {

    private static final String PURPOSE = "feedback.return-path-key";

    private final ReturnPathCodec codec;
    private final FeedbackProperties properties;
    private final Clock clock;

    ReturnPaths(FeedbackRepository repository, Secrets secrets, FeedbackProperties properties, Clock clock) {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        byte[] sealed = repository.key(secrets.encrypt(PURPOSE, fresh));
        this.codec = new ReturnPathCodec(secrets.decrypt(PURPOSE, sealed));
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The return path of one recipient; the same at every attempt.
     *
     * @param ordinal of the recipient, or of the first of several that share a transaction
     */
    public EmailAddress of(MessageId messageId, int ordinal, DomainName sendingDomain) {
        return codec.encode(new ReturnPathCodec.Origin(messageId, ordinal), sendingDomain);
    }

    /** Whose return path it is; empty when it is forged, over, or not one of ours. */
    Optional<ReturnPathCodec.Origin> origin(EmailAddress address) {
        return codec.decode(address, clock.instant().minus(properties.returnPathLife()));
    }
}
