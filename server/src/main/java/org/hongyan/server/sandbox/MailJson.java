package org.hongyan.server.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.sandbox.inbox.ParsedMail;
import org.hongyan.sandbox.inbox.ReceivedMail;
import org.hongyan.sandbox.verdict.Verdicts;
import org.jspecify.annotations.Nullable;

/** A received mail as programs see it. {@code content} is there when one mail is asked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MailJson(
        String id,
        Instant receivedAt,
        String returnPath,
        List<String> recipients,
        String client,
        String helo,
        boolean encrypted,
        String from,
        String subject,
        int size,
        VerdictsJson verdicts,
        @Nullable Content content) {

    /** What the receiving side concluded; {@code dkimSummary} is {@code pass} when any signature holds. */
    record VerdictsJson(
            Verdict spf,
            List<DkimJson> dkim,
            String dkimSummary,
            Verdict dmarc,
            String dmarcPolicy,
            boolean allPassed) {}

    /** A result with its domain and the reason for people. */
    record Verdict(String result, String domain, String reason) {}

    /** One signature. */
    record DkimJson(String result, String domain, String selector, String reason) {}

    /** A header field as it stands. */
    record Header(String name, String value) {}

    /** An attachment without its octets. */
    record Attachment(String name, String contentType, int size) {}

    /** The decoded mail. */
    record Content(
            String to, String date, String text, String html, List<Header> headers, List<Attachment> attachments) {}

    static MailJson of(ReceivedMail mail) {
        return new MailJson(
                mail.id().toString(),
                mail.receipt().at(),
                mail.receipt().returnPath().toString(),
                mail.receipt().recipients().stream().map(EmailAddress::toString).toList(),
                mail.receipt().client(),
                mail.receipt().helo(),
                mail.receipt().encrypted(),
                mail.from(),
                mail.subject(),
                mail.size(),
                verdicts(mail.verdicts()),
                null);
    }

    MailJson with(ParsedMail parsed) {
        return new MailJson(
                id,
                receivedAt,
                returnPath,
                recipients,
                client,
                helo,
                encrypted,
                from,
                subject,
                size,
                verdicts,
                new Content(
                        parsed.to(),
                        parsed.date(),
                        parsed.text(),
                        parsed.html(),
                        parsed.headers().stream()
                                .map(field -> new Header(field.name(), field.value()))
                                .toList(),
                        parsed.attachments().stream()
                                .map(part -> new Attachment(part.name(), part.contentType(), part.content().length))
                                .toList()));
    }

    private static VerdictsJson verdicts(Verdicts verdicts) {
        return new VerdictsJson(
                new Verdict(
                        verdicts.spf().result().wireName(),
                        verdicts.spf().domain(),
                        verdicts.spf().reason()),
                verdicts.dkim().stream()
                        .map(one -> new DkimJson(one.result().wireName(), one.domain(), one.selector(), one.reason()))
                        .toList(),
                verdicts.dkimSummary(),
                new Verdict(
                        verdicts.dmarc().result().wireName(),
                        verdicts.dmarc().domain(),
                        verdicts.dmarc().reason()),
                verdicts.dmarc().policy(),
                verdicts.allPassed());
    }
}
