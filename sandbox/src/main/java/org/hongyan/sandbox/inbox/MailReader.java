package org.hongyan.sandbox.inbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.hongyan.mail.message.HeaderField;
import org.hongyan.mail.message.Message;

/** Reads a stored mail for people, within bounds that hostile mail cannot pass. */
public final class MailReader {

    private static final int MOST_PARTS = 500;
    private static final int LONGEST_SHOWN_FIELD = 300;

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderCount(1_000)
            .setMaxHeaderLen(64 * 1024)
            .setMaxContentLen(64 * 1024 * 1024)
            .build();

    private MailReader() {}

    /** What a list shows of one header field: decoded, on one line, cut. */
    static String shownField(Message message, String name) {
        String decoded = decodedField(message, name);
        return decoded.length() <= LONGEST_SHOWN_FIELD ? decoded : decoded.substring(0, LONGEST_SHOWN_FIELD);
    }

    /**
     * Reads the exact bytes of a mail; what is no MIME gives a text that says so.
     *
     * @param content not changed
     */
    public static ParsedMail read(byte[] content) {
        Message message = Message.ofCanonical(content);
        Parts parts = new Parts();
        try {
            DefaultMessageBuilder builder = new DefaultMessageBuilder();
            builder.setMimeEntityConfig(LIMITS);
            builder.setDecodeMonitor(DecodeMonitor.SILENT);
            parts.take(builder.parseMessage(new ByteArrayInputStream(content)), 0);
        } catch (MimeIOException | IllegalArgumentException malformed) {
            parts.text = "This mail cannot be read as MIME: " + malformed.getMessage();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException("reading from memory", impossible);
        }
        return new ParsedMail(
                decodedField(message, "From"),
                decodedField(message, "To"),
                decodedField(message, "Subject"),
                decodedField(message, "Date"),
                parts.text,
                parts.html,
                parts.attachments,
                message.headerFields());
    }

    private static String decodedField(Message message, String name) {
        return message.header(name)
                .map(HeaderField::unfolded)
                .map(value -> DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT))
                .map(value -> value.replaceAll("\\p{Cntrl}", " ").strip())
                .orElse("");
    }

    /** Gathers the parts of one mail. */
    private static final class Parts {
        private static final int DEEPEST_NESTING = 50;

        private String text = "";
        private String html = "";
        private final List<ParsedMail.Attachment> attachments = new ArrayList<>();
        private int seen;

        void take(Entity entity, int depth) throws IOException {
            if (++seen > MOST_PARTS || depth > DEEPEST_NESTING) {
                return;
            }
            Body body = entity.getBody();
            if (body instanceof Multipart multipart) {
                for (Entity part : multipart.getBodyParts()) {
                    take(part, depth + 1);
                }
            } else if (body instanceof SingleBody single) {
                takeSingle(entity, single);
            } else if (body instanceof org.apache.james.mime4j.dom.Message attached) {
                take(attached, depth + 1);
            }
        }

        private void takeSingle(Entity entity, SingleBody body) throws IOException {
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            body.writeTo(decoded);
            String type = Optional.ofNullable(entity.getMimeType())
                    .orElse("text/plain")
                    .toLowerCase(Locale.ROOT);
            boolean attached =
                    "attachment".equalsIgnoreCase(entity.getDispositionType()) || entity.getFilename() != null;
            if (!attached && type.equals("text/plain") && text.isEmpty()) {
                text = decoded.toString(charset(entity));
            } else if (!attached && type.equals("text/html") && html.isEmpty()) {
                html = decoded.toString(charset(entity));
            } else {
                attachments.add(new ParsedMail.Attachment(
                        Optional.ofNullable(entity.getFilename()).orElse(""),
                        type,
                        contentId(entity),
                        decoded.toByteArray()));
            }
        }

        private static String contentId(Entity entity) {
            Field field = entity.getHeader() == null ? null : entity.getHeader().getField("Content-ID");
            String body = field == null ? null : field.getBody();
            return body == null ? "" : body.replaceAll("[<>\\s]", "");
        }

        private static Charset charset(Entity entity) {
            String name = entity.getCharset();
            try {
                return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                return StandardCharsets.UTF_8;
            }
        }
    }
}
