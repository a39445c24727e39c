package org.hongyan.mail.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.jspecify.annotations.Nullable;

/**
 * Composes a message (RFC 5322, 2045 to 2047, 2183, 2231): header, text and HTML as alternatives, attachments. All of
 * it is 7-bit with lines of at most 76 characters where the grammar allows, so that no host on the way has a reason to
 * change what was signed. The same input gives the same octets.
 *
 * <p>Every text that becomes a header field is refused when it has CR, LF or NUL ({@link IllegalArgumentException} that
 * names the field). Not thread-safe; one builder makes one message.
 */
public final class MessageBuilder {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SEED = 48;

    /** Fields that have a method of their own, or that only a relay may write. */
    private static final Set<String> RESERVED = Set.of(
            "from",
            "sender",
            "to",
            "cc",
            "bcc",
            "reply-to",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "return-path",
            "received",
            "dkim-signature",
            "authentication-results");

    private final String boundarySeed;
    private final List<NamedAddress> to = new ArrayList<>();
    private final List<NamedAddress> cc = new ArrayList<>();
    private final List<NamedAddress> replyTo = new ArrayList<>();
    private final List<HeaderField> further = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private @Nullable NamedAddress from;
    private String subject = "";
    private @Nullable String date;
    private @Nullable String messageId;
    private @Nullable String html;
    private @Nullable String text;

    private record Attachment(String fileName, String contentType, byte[] content) {}

    /**
     * @param boundarySeed what the boundaries between parts are made of, such as the ID of the message: 1 to 48
     *     letters, digits, {@code .} and {@code -}
     */
    public MessageBuilder(String boundarySeed) {
        boolean plain =
                boundarySeed.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-'));
        if (boundarySeed.isEmpty() || boundarySeed.length() > LONGEST_SEED || !plain) {
            throw new IllegalArgumentException("a boundary seed is 1 to 48 letters, digits, dots and hyphens");
        }
        this.boundarySeed = boundarySeed;
    }

    /** The author. Required. */
    public MessageBuilder from(NamedAddress author) {
        from = author;
        return this;
    }

    /**
     * The author. Required.
     *
     * @throws IllegalArgumentException when the display name is blank or has a control character
     */
    public MessageBuilder from(EmailAddress address, @Nullable String displayName) {
        return from(new NamedAddress(displayName, address));
    }

    /** Adds recipients that all others see. */
    public MessageBuilder to(List<EmailAddress> recipients) {
        recipients.forEach(recipient -> to.add(new NamedAddress(null, recipient)));
        return this;
    }

    /** Adds recipients of a copy, whom all others see. */
    public MessageBuilder cc(List<EmailAddress> recipients) {
        recipients.forEach(recipient -> cc.add(new NamedAddress(null, recipient)));
        return this;
    }

    /** Adds a recipient with a name beside the address. */
    public MessageBuilder to(NamedAddress recipient) {
        to.add(recipient);
        return this;
    }

    /** Where answers go, when not to the author. */
    public MessageBuilder replyTo(EmailAddress address) {
        return replyTo(new NamedAddress(null, address));
    }

    /** Where answers go, when not to the author. */
    public MessageBuilder replyTo(NamedAddress mailbox) {
        replyTo.clear();
        replyTo.add(mailbox);
        return this;
    }

    /** The subject; any Unicode. */
    public MessageBuilder subject(String subject) {
        requireOneLine("Subject", subject);
        this.subject = subject;
        return this;
    }

    /** When the message was written, as told in {@code zone}. Required. */
    public MessageBuilder date(Instant time, ZoneId zone) {
        date = DATE.format(time.atZone(zone));
        return this;
    }

    /** The Message-ID with its angle brackets, {@code <left@right>}: printable ASCII. Required. */
    public MessageBuilder messageId(String messageId) {
        requireOneLine("Message-ID", messageId);
        int at = messageId.indexOf('@');
        boolean framed = messageId.startsWith("<") && messageId.endsWith(">") && at > 1 && at < messageId.length() - 2;
        boolean plain = messageId.chars().allMatch(c -> c > ' ' && c < 127);
        String inner = framed ? messageId.substring(1, messageId.length() - 1) : "";
        if (!framed || !plain || inner.indexOf('<') >= 0 || inner.indexOf('>') >= 0 || messageId.length() > 250) {
            throw new IllegalArgumentException("Message-ID has not the form <left@right>");
        }
        this.messageId = messageId;
        return this;
    }

    /**
     * Adds a further field, after the ones that have a method. A value that is not ASCII is written as encoded words.
     *
     * @throws IllegalArgumentException when the name is malformed, or has a method of its own here
     */
    public MessageBuilder header(String name, String value) {
        boolean plain = name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':');
        if (name.isEmpty() || name.length() > LONGEST_NAME || !plain) {
            throw new IllegalArgumentException("a field name is 1 to 64 printable ASCII characters without a colon");
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lowerCase) || lowerCase.startsWith("content-") || lowerCase.startsWith("resent-")) {
            throw new IllegalArgumentException(name + " cannot be given as a further header field");
        }
        requireOneLine(name, value);
        further.add(new HeaderField(name, value));
        return this;
    }

    /** Adds both fields of {@code unsubscribe}. */
    public MessageBuilder unsubscribe(ListUnsubscribe unsubscribe) {
        unsubscribe.fields().forEach(field -> header(field.name(), field.value()));
        return this;
    }

    /** The HTML form of the content. */
    public MessageBuilder html(String html) {
        this.html = html;
        return this;
    }

    /** The plain form of the content. */
    public MessageBuilder text(String text) {
        this.text = text;
        return this;
    }

    /**
     * Adds a file.
     *
     * @param fileName as the recipient sees it; any Unicode without control characters, 1 to 255 characters
     * @param contentType {@code type/subtype} without parameters; not a multipart or message type
     * @param content not copied, not changed
     */
    public MessageBuilder attachment(String fileName, String contentType, byte[] content) {
        requireOneLine("file name", fileName);
        boolean control = fileName.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL);
        if (fileName.isBlank() || fileName.length() > 255 || control) {
            throw new IllegalArgumentException("a file name is 1 to 255 characters without control characters");
        }
        requireContentType(contentType);
        attachments.add(new Attachment(fileName, contentType.toLowerCase(Locale.ROOT), content));
        return this;
    }

    /**
     * The message.
     *
     * @throws IllegalStateException when From, Date or Message-ID was not given
     * @throws IllegalArgumentException when a field cannot be written within lines of 998 octets
     */
    public Message build() {
        MimeWriter out = new MimeWriter(expectedSize());
        writeHeader(out);
        if (attachments.isEmpty()) {
            writeContent(out);
        } else {
            String boundary = "=_" + boundarySeed + "_m";
            openMultipart("multipart/mixed", boundary, out);
            part(boundary, out);
            writeContent(out);
            for (Attachment attachment : attachments) {
                part(boundary, out);
                writeAttachment(attachment, out);
            }
            closeMultipart(boundary, out);
        }
        return Message.ofCanonical(out.toByteArray());
    }

    private int expectedSize() {
        int size = 2048 + 2 * (html == null ? 0 : html.length()) + 2 * (text == null ? 0 : text.length());
        for (Attachment attachment : attachments) {
            size += 512 + attachment.content.length / 72 * 100;
        }
        return size;
    }

    private void writeHeader(MimeWriter out) {
        if (from == null || date == null || messageId == null) {
            throw new IllegalStateException("a message has a From, a Date and a Message-ID");
        }
        out.mailboxes("From", List.of(from));
        out.mailboxes("Reply-To", replyTo);
        out.mailboxes("To", to);
        out.mailboxes("Cc", cc);
        if (to.isEmpty() && cc.isEmpty()) {
            // Legal without, yet spam filters hold the lack of any recipient field against a message.
            out.field("To", "undisclosed-recipients:;");
        }
        out.unstructured("Subject", subject);
        out.field("Date", date);
        out.field("Message-ID", messageId);
        for (HeaderField field : further) {
            out.unstructured(field.name(), field.value());
        }
        out.field("MIME-Version", "1.0");
    }

    private void writeContent(MimeWriter out) {
        if (html != null && text != null) {
            String boundary = "=_" + boundarySeed + "_a";
            openMultipart("multipart/alternative", boundary, out);
            part(boundary, out);
            writeText("text/plain", text, out);
            part(boundary, out);
            writeText("text/html", html, out);
            closeMultipart(boundary, out);
        } else if (html != null) {
            writeText("text/html", html, out);
        } else {
            writeText("text/plain", text == null ? "" : text, out);
        }
    }

    private static void writeText(String contentType, String text, MimeWriter out) {
        byte[] content = CanonicalLines.of(text.getBytes(StandardCharsets.UTF_8));
        ContentEncoding encoding = ContentEncoding.smallerFor(content);
        out.field("Content-Type", contentType + "; charset=UTF-8");
        out.field("Content-Transfer-Encoding", encoding.headerValue());
        out.raw("\r\n");
        encoding.write(content, out);
    }

    private static void writeAttachment(Attachment attachment, MimeWriter out) {
        out.name("Content-Type");
        out.raw(attachment.contentType);
        out.legacyParameter("name", attachment.fileName);
        out.end("Content-Type");
        out.name("Content-Disposition");
        out.raw("attachment");
        out.parameter("filename", attachment.fileName);
        out.end("Content-Disposition");
        out.field("Content-Transfer-Encoding", ContentEncoding.BASE64.headerValue());
        out.raw("\r\n");
        ContentEncoding.BASE64.write(attachment.content, out);
    }

    private static void openMultipart(String contentType, String boundary, MimeWriter out) {
        out.name("Content-Type");
        out.raw(contentType);
        out.parameter("boundary", boundary);
        out.end("Content-Type");
        out.raw("\r\n");
    }

    private static void part(String boundary, MimeWriter out) {
        out.raw("--");
        out.raw(boundary);
        out.raw("\r\n");
    }

    private static void closeMultipart(String boundary, MimeWriter out) {
        out.raw("--");
        out.raw(boundary);
        out.raw("--\r\n");
    }

    private static void requireOneLine(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException(field + " has a line break or a NUL");
            }
        }
    }

    private static void requireContentType(String contentType) {
        int slash = contentType.indexOf('/');
        boolean plain = contentType
                .chars()
                .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "/!#$&-^_.+".indexOf(c) >= 0));
        if (slash < 1 || slash == contentType.length() - 1 || contentType.indexOf('/', slash + 1) >= 0 || !plain) {
            throw new IllegalArgumentException("the content type of a file has not the form type/subtype");
        }
        String type = contentType.substring(0, slash).toLowerCase(Locale.ROOT);
        if (contentType.length() > 70 || type.equals("multipart") || type.equals("message")) {
            throw new IllegalArgumentException("the content type " + type + " is not for a file");
        }
    }
}
