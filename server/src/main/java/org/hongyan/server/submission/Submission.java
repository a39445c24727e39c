package org.hongyan.server.submission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * A mail that somebody hands us, not yet checked. Doors only translate their protocol into this; every check is behind
 * {@link SubmissionService#accept}.
 *
 * @param from {@code address} or {@code alias <address>}, as the caller gave it
 * @param to at most 50 from the API and 20 from the console; all of them see one another
 * @param subject overrides the template's; null for the template's
 * @param replyTo null for none
 * @param unsubscribe language of the unsubscribe link, or none
 * @param trigger whether it overtakes bulk mail (verification codes)
 * @param headers further header fields, by name
 * @param idempotencyKey null for none; at most 128 characters
 * @param timeToLive null for the default of its kind
 */
public record Submission(
        AccountId account,
        Via via,
        String from,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        @Nullable String subject,
        @Nullable String replyTo,
        Content content,
        List<Attachment> attachments,
        Unsubscribe unsubscribe,
        boolean trigger,
        Map<String, String> headers,
        @Nullable String idempotencyKey,
        @Nullable Duration timeToLive) {

    /** Which door it came by. */
    public enum Via {
        API,
        CONSOLE,
        SMTP,
        BATCH
    }

    /** What is to be sent. */
    public sealed interface Content {
        /** @param variablesJson a JSON object as the caller gave it */
        record Templated(long templateId, String variablesJson) implements Content {}

        /** Own content, for accounts that are allowed it. */
        record Own(@Nullable String html, @Nullable String text) implements Content {}

        /**
         * A whole message as SMTP gave it.
         *
         * @param received the value of the Received field that says how it came, to be put first; not part of what an
         *     idempotency key stands for
         * @param message canonical bytes
         * @param envelopeRecipients of RCPT TO; to, cc and bcc of the submission are not used
         */
        record Raw(String received, byte[] message, List<EmailAddress> envelopeRecipients) implements Content {}
    }

    /** @param content not to be changed */
    public record Attachment(String fileName, byte[] content) {}

    /** Languages of the unsubscribe link, in the order of the reference's numbers 0 to 12. */
    public enum Unsubscribe {
        NONE(""),
        ZH_CN("zh-CN"),
        EN("en"),
        ZH_TW("zh-TW"),
        ES("es"),
        FR("fr"),
        DE("de"),
        JA("ja"),
        KO("ko"),
        AR("ar"),
        TH("th"),
        ID("id"),
        VI("vi");

        private final String languageTag;

        Unsubscribe(String languageTag) {
            this.languageTag = languageTag;
        }

        /** BCP 47 tag; empty for {@link #NONE}. */
        public String languageTag() {
            return languageTag;
        }
    }
}
