package org.hongyan.server.submission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.hongyan.mail.address.NamedAddress;
import org.hongyan.mail.message.HeaderField;
import org.hongyan.mail.message.Message;
import org.hongyan.server.policy.ContentPolicy;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A message that came whole, as far as acceptance looks into it: its author, its subject, its texts and its files. The
 * octets that go out stay those that came in.
 *
 * @param html all HTML parts; null for none
 * @param text all plain parts; null for none
 */
record WholeMessage(
        NamedAddress author,
        String subject,
        @Nullable String html,
        @Nullable String text,
        List<ContentPolicy.Part> parts) {

    private static final int DEEPEST = 50;
    private static final int MOST_PARTS = 1000;

    /** Fields that a message has once at most (RFC 5322 §3.6); two of them mean something else to every reader. */
    private static final Set<String> ONCE = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding");

    /** Reads a message in canonical bytes. */
    static Outcome<WholeMessage> read(byte[] octets) {
        Message message = Message.ofCanonical(octets);
        Map<String, String> header = new HashMap<>();
        for (HeaderField field : message.headerFields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (header.putIfAbsent(name, field.unfolded()) != null && ONCE.contains(name)) {
                return malformed("the field " + field.name() + " is there twice");
            }
        }
        if (!header.containsKey("subject")) {
            return malformed("there is no Subject");
        }
        NamedAddress author;
        try {
            author = message.author();
        } catch (IllegalArgumentException unclear) {
            return Outcome.refused(new Refusal.AddressMalformed(
                    "from", header.getOrDefault("from", ""), String.valueOf(unclear.getMessage())));
        }
        String subject = DecoderUtil.decodeEncodedWords(header.getOrDefault("subject", ""), DecodeMonitor.SILENT);
        try {
            Collected collected = new Collected();
            collected.collect(octets);
            return Outcome.done(new WholeMessage(
                    author, subject, collected.html(), collected.text(), List.copyOf(collected.parts)));
        } catch (MimeException | IOException broken) {
            return malformed(String.valueOf(broken.getMessage()));
        }
    }

    private static Outcome<WholeMessage> malformed(String problem) {
        return Outcome.refused(new Refusal.MessageMalformed(problem));
    }

    /** Walks through the parts once. */
    private static final class Collected {
        private final StringBuilder html = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        private final List<ContentPolicy.Part> parts = new ArrayList<>();
        private String disposition = "";
        private String fileName = "";
        private int depth;
        private int seen;

        @Nullable
        String html() {
            return html.isEmpty() ? null : html.toString();
        }

        @Nullable
        String text() {
            return text.isEmpty() ? null : text.toString();
        }

        void collect(byte[] octets) throws MimeException, IOException {
            MimeConfig config = MimeConfig.custom()
                    .setMaxLineLen(100_000)
                    .setMaxHeaderLen(65_536)
                    .setMaxHeaderCount(1000)
                    .build();
            MimeTokenStream stream = new MimeTokenStream(config);
            stream.parse(new ByteArrayInputStream(octets));
            for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
                switch (state) {
                    case T_START_HEADER -> {
                        disposition = "";
                        fileName = "";
                    }
                    case T_FIELD -> field(stream.getField());
                    case T_START_MULTIPART, T_START_MESSAGE -> deeper();
                    case T_END_MULTIPART, T_END_MESSAGE -> depth--;
                    case T_BODY -> body(stream);
                    default -> {}
                }
            }
        }

        private void deeper() throws MimeException {
            if (++depth > DEEPEST) {
                throw new MimeException("the parts are nested deeper than " + DEEPEST);
            }
        }

        private void field(Field field) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            String body = field.getBody() == null ? "" : field.getBody();
            if (name.equals("content-disposition")) {
                disposition = body.strip().toLowerCase(Locale.ROOT);
                fileName = parameter(body, "filename").orElse(fileName);
            } else if (name.equals("content-type") && fileName.isEmpty()) {
                fileName = parameter(body, "name").orElse("");
            }
        }

        private static java.util.Optional<String> parameter(String body, String parameter) {
            for (String piece : body.split(";", -1)) {
                int equals = piece.indexOf('=');
                if (equals > 0 && piece.substring(0, equals).strip().equalsIgnoreCase(parameter)) {
                    String value = piece.substring(equals + 1).strip();
                    String bare = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                            ? value.substring(1, value.length() - 1)
                            : value;
                    return java.util.Optional.of(DecoderUtil.decodeEncodedWords(bare, DecodeMonitor.SILENT));
                }
            }
            return java.util.Optional.empty();
        }

        private void body(MimeTokenStream stream) throws MimeException, IOException {
            if (++seen > MOST_PARTS) {
                throw new MimeException("there are more than " + MOST_PARTS + " parts");
            }
            BodyDescriptor descriptor = stream.getBodyDescriptor();
            byte[] content = stream.getDecodedInputStream().readAllBytes();
            String type = descriptor.getMimeType().toLowerCase(Locale.ROOT);
            boolean attached = disposition.startsWith("attachment") || !fileName.isEmpty();
            if (!attached && type.equals("text/html")) {
                html.append(new String(content, charset(descriptor)));
            } else if (!attached && type.equals("text/plain")) {
                text.append(new String(content, charset(descriptor)));
            } else {
                parts.add(new ContentPolicy.Part(fileName, type, content));
            }
        }

        private static Charset charset(BodyDescriptor descriptor) {
            try {
                String name = descriptor.getCharset();
                return name == null || name.equalsIgnoreCase("us-ascii")
                        ? StandardCharsets.UTF_8
                        : Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                return StandardCharsets.UTF_8;
            }
        }
    }
}
