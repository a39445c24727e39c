package org.hongyan.server.delivery;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.message.HeaderField;
import org.hongyan.mail.message.ListUnsubscribe;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.message.MessageBuilder;
import org.hongyan.server.queue.MailContent;
import org.hongyan.server.queue.QueuedRecipient;
import org.hongyan.server.suppression.Unsubscribes;
import org.hongyan.server.template.CompiledTemplate;
import org.hongyan.server.template.Templates;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns stored content into the message that one recipient gets, unsigned. The same recipient gets the same octets at
 * every attempt: Message-ID, Date and boundaries come from the message's own ID and time. Thread-safe.
 */
@Component
final class MessageComposer {

    private final Templates templates;
    private final Unsubscribes unsubscribes;
    private final UnsubscribeFooter footer;

    MessageComposer(Templates templates, Unsubscribes unsubscribes, UnsubscribeFooter footer) {
        this.templates = templates;
        this.unsubscribes = unsubscribes;
        this.footer = footer;
    }

    /** The content cannot be made into a message; a fault of ours, since acceptance has checked it. */
    static final class NotComposableException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NotComposableException(String message) {
            super(message);
        }
    }

    private record Text(
            String subject, @Nullable String html, @Nullable String plain) {}

    /** @throws NotComposableException when the pinned template version is gone */
    Message compose(QueuedRecipient recipient, MailContent content) {
        return switch (content.body()) {
            case MailContent.Body.Whole whole -> whole(recipient, content, Message.ofCanonical(whole.message()));
            case MailContent.Body.Own own ->
                composed(
                        recipient,
                        content,
                        new Text(subject(content), own.html(), own.text() == null ? plainOf(own.html()) : own.text()));
            case MailContent.Body.Template template -> composed(recipient, content, rendered(content, template));
        };
    }

    private Text rendered(MailContent content, MailContent.Body.Template template) {
        CompiledTemplate compiled = templates
                .compiled(template.versionId())
                .orElseThrow(() -> new NotComposableException("template version " + template.versionId() + " is gone"));
        CompiledTemplate.Rendered rendered = compiled.render(content.subject(), template.values());
        return new Text(rendered.subject(), rendered.html(), rendered.text());
    }

    private Message composed(QueuedRecipient recipient, MailContent content, Text text) {
        DomainName domain = content.from().address().domain();
        MessageBuilder builder = new MessageBuilder(recipient.messageId().text())
                .from(content.from())
                .to(content.to())
                .cc(content.cc())
                .subject(text.subject())
                .date(recipient.acceptedAt(), ZoneOffset.UTC)
                .messageId(messageId(recipient, content));
        if (content.replyTo() != null) {
            builder.replyTo(content.replyTo());
        }
        content.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Message-ID")) {
                builder.header(name, value);
            }
        });
        builder.header("Feedback-ID", feedbackId(recipient));
        Text finished = text;
        if (!content.unsubscribeLanguage().isEmpty()) {
            java.net.URI link = unsubscribes.link(recipient.ref(), domain, recipient.address());
            builder.unsubscribe(ListUnsubscribe.byLink(link));
            finished = withFooter(text, content.unsubscribeLanguage(), link.toString());
        }
        if (finished.html() != null) {
            builder.html(finished.html());
        }
        if (finished.plain() != null) {
            builder.text(finished.plain());
        }
        for (MailContent.File file : content.files()) {
            builder.attachment(file.name(), file.contentType(), file.content());
        }
        return builder.build();
    }

    private Text withFooter(Text text, String language, String link) {
        return new Text(
                text.subject(),
                text.html() == null ? null : footer.appendToHtml(text.html(), language, link),
                text.plain() == null ? null : footer.appendToText(text.plain(), language, link));
    }

    /** A message that came whole is sent as it came, with what every message must have added where it lacks. */
    private Message whole(QueuedRecipient recipient, MailContent content, Message message) {
        // Any host takes 7-bit content, so nobody on the way has a reason to change what is signed.
        Message stripped = message.isSevenBit() ? message : message.inSevenBits();
        boolean unsubscribable = !content.unsubscribeLanguage().isEmpty();
        List<String> replaced = unsubscribable
                ? List.of("Bcc", "Return-Path", "Feedback-ID", ListUnsubscribe.FIELD, ListUnsubscribe.POST_FIELD)
                : List.of("Bcc", "Return-Path", "Feedback-ID");
        for (String ours : replaced) {
            if (stripped.header(ours).isPresent()) {
                stripped = stripped.without(ours);
            }
        }
        java.util.ArrayList<HeaderField> added = new java.util.ArrayList<>();
        if (stripped.header("Date").isEmpty()) {
            added.add(new HeaderField(
                    "Date",
                    " "
                            + java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    recipient.acceptedAt().atOffset(ZoneOffset.UTC))));
        }
        if (stripped.header("Message-ID").isEmpty()) {
            added.add(new HeaderField("Message-ID", " " + messageId(recipient, content)));
        }
        added.add(new HeaderField("Feedback-ID", " " + feedbackId(recipient)));
        if (unsubscribable) {
            DomainName domain = content.from().address().domain();
            added.addAll(ListUnsubscribe.byLink(unsubscribes.link(recipient.ref(), domain, recipient.address()))
                    .fields());
        }
        return stripped.withFieldsFirst(added);
    }

    private static String messageId(QueuedRecipient recipient, MailContent content) {
        Optional<String> own = content.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Message-ID"))
                .map(Map.Entry::getValue)
                .findFirst();
        return own.orElseGet(() -> "<" + recipient.messageId().text() + "@"
                + content.from().address().domain().ascii() + ">");
    }

    /** Names the domain and the account to mailbox providers that group complaints by it. */
    private static String feedbackId(QueuedRecipient recipient) {
        return (recipient.bulk() ? "bulk" : "trigger") + ":d" + recipient.domainId() + ":a" + recipient.account()
                + ":hongyan";
    }

    private static String subject(MailContent content) {
        return content.subject() == null ? "" : content.subject();
    }

    private static @Nullable String plainOf(@Nullable String html) {
        return html == null ? null : Jsoup.parse(html).wholeText().strip();
    }
}
