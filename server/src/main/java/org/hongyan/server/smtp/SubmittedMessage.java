package org.hongyan.server.smtp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.FromHeader;
import org.hongyan.mail.address.NamedAddress;
import org.hongyan.mail.message.HeaderField;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.smtp.SmtpServerHandler.Delivery;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.submission.Submission;
import org.jspecify.annotations.Nullable;

/**
 * Turns a message of a client into a submission. The octets stay as they are but for what a submission agent may mend
 * (RFC 6409 §8): Bcc and our control fields are taken out, header text beyond ASCII is encoded. What cannot be sent to
 * everybody in a form that survives the way is refused here, never mangled.
 */
final class SubmittedMessage {

    private static final int LONGEST_LINE = 998;
    private static final String CALLBACK = "x-tencentcloudses-cb-";
    private static final int MOST_CALLBACK_FIELDS = 40;

    private final Sender sender;
    private final boolean wholeDomain;
    private final Submission.Unsubscribe defaultLanguage;

    SubmittedMessage(Sender sender, boolean wholeDomain, Submission.Unsubscribe defaultLanguage) {
        this.sender = sender;
        this.wholeDomain = wholeDomain;
        this.defaultLanguage = defaultLanguage;
    }

    /** Whether the signed-in sender may write as this address. */
    boolean mayBe(EmailAddress address) {
        return sender.is(address) || wholeDomain && sender.sharesDomainWith(address);
    }

    /** @param received the value of the Received field that tells how the message came */
    Outcome<Submission> submission(Delivery delivery, String received) {
        Message message = Message.ofCanonical(delivery.content());
        List<HeaderField> fields = message.headerFields();
        Optional<Refusal> unfit = unfit(message);
        if (unfit.isPresent()) {
            return Outcome.refused(unfit.get());
        }
        return switch (author(message, fields)) {
            case Outcome.Refused<EmailAddress>(Refusal refusal) -> Outcome.refused(refusal);
            case Outcome.Done<EmailAddress>(EmailAddress author) ->
                switch (ControlHeaders.of(fields, defaultLanguage)) {
                    case Outcome.Refused<ControlHeaders>(Refusal refusal) -> Outcome.refused(refusal);
                    case Outcome.Done<ControlHeaders>(ControlHeaders control) ->
                        Outcome.done(submission(
                                author,
                                control,
                                callbacks(fields, control),
                                new Submission.Content.Raw(
                                        received, mended(message, fields).bytes(), delivery.recipients())));
                };
        };
    }

    private Submission submission(
            EmailAddress author, ControlHeaders control, Map<String, String> headers, Submission.Content.Raw raw) {
        Submission.Unsubscribe unsubscribe = control.unsubscribe();
        return new Submission(
                sender.account(),
                Submission.Via.SMTP,
                author.toString(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                raw,
                List.of(),
                unsubscribe == null ? Submission.Unsubscribe.NONE : unsubscribe,
                control.trigger(),
                headers,
                control.idempotencyKey(),
                control.timeToLive());
    }

    /** From, and Sender where it is there, name addresses that the client may write as. */
    private Outcome<EmailAddress> author(Message message, List<HeaderField> fields) {
        NamedAddress author;
        try {
            author = message.author();
        } catch (IllegalArgumentException unclear) {
            String given = message.header("From").map(HeaderField::unfolded).orElse("");
            return given.isEmpty() && message.headers("From").isEmpty()
                    ? Outcome.refused(new Refusal.FieldMissing("from"))
                    : Outcome.refused(
                            new Refusal.AddressMalformed("from", given, String.valueOf(unclear.getMessage())));
        }
        if (!mayBe(author.address())) {
            return Outcome.refused(new Refusal.FieldIllegal(
                    "from", author.address().toString(), sender.address().toString()));
        }
        for (HeaderField field : fields) {
            if (field.isNamed("Sender")) {
                Optional<NamedAddress> named = FromHeader.tryParse(field.unfolded());
                if (named.isEmpty() || !mayBe(named.get().address())) {
                    return Outcome.refused(new Refusal.FieldIllegal(
                            "from",
                            "Sender: " + field.unfolded(),
                            sender.address().toString()));
                }
            }
        }
        return Outcome.done(author.address());
    }

    /** What no host could be given as it is, and nobody may change: long header lines, signed parts beyond 7-bit. */
    private static Optional<Refusal> unfit(Message message) {
        byte[] octets = message.bytes();
        int bodyStart = message.bodyStart();
        int lineStart = 0;
        for (int i = 0; i < bodyStart; i++) {
            if (octets[i] == '\n') {
                if (i - 1 - lineStart > LONGEST_LINE) {
                    return malformed("a line of the header is longer than 998 octets; fold it");
                }
                lineStart = i + 1;
            }
        }
        if (!message.isSevenBit() && !message.inSevenBits().isSevenBit()) {
            return malformed("a part that is signed, or the header of a part, has 8-bit octets or lines over 998, "
                    + "which cannot be re-encoded; encode it before sending");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> malformed(String problem) {
        return Optional.of(new Refusal.MessageMalformed(problem));
    }

    private static Message mended(Message message, List<HeaderField> fields) {
        Set<String> taken = new HashSet<>();
        for (HeaderField field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (ControlHeaders.names(field) || name.equals("bcc") || name.equals("resent-bcc")) {
                taken.add(name);
            }
        }
        Message mended = message;
        for (String name : taken) {
            mended = mended.without(name);
        }
        return mended;
    }

    /** What the account wants back in callbacks and lists, kept beside the message. */
    private static Map<String, String> callbacks(List<HeaderField> fields, ControlHeaders control) {
        Map<String, String> kept = new HashMap<>();
        for (HeaderField field : fields) {
            boolean wanted = field.name().toLowerCase(Locale.ROOT).startsWith(CALLBACK);
            if (wanted && kept.size() < MOST_CALLBACK_FIELDS) {
                kept.putIfAbsent(field.name(), field.unfolded());
            }
        }
        put(kept, ControlHeaders.TAG, control.tag());
        ControlHeaders.Track track = control.track();
        put(kept, ControlHeaders.TRACK, track == null ? null : track.name().toLowerCase(Locale.ROOT));
        return kept;
    }

    private static void put(Map<String, String> kept, String name, @Nullable String value) {
        if (value != null) {
            kept.put(name, value);
        }
    }
}
