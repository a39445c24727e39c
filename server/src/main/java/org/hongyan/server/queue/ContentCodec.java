package org.hongyan.server.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@link MailContent} into the octets of {@code queue_message.content} and back. The first octet tells the form,
 * so that a later one can be told apart while mail of the earlier one still waits.
 */
final class ContentCodec {

    private static final int PLAIN_1 = 1;
    private static final int DEFLATED_1 = 2;

    /** Below this, compressing costs more than the log and the table gain. */
    private static final int WORTH_DEFLATING = 4096;

    private static final int TEMPLATE = 1;
    private static final int OWN = 2;
    private static final int WHOLE = 3;

    private ContentCodec() {}

    static byte[] encode(MailContent content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            DataOutputStream out = new DataOutputStream(bytes);
            write(content, out);
            byte[] plain = bytes.toByteArray();
            return plain.length < WORTH_DEFLATING ? framed(plain) : deflated(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MailContent decode(byte[] stored) {
        try {
            byte[] plain = switch (stored[0]) {
                case PLAIN_1 -> stored;
                case DEFLATED_1 -> inflated(stored);
                default -> throw new IllegalStateException("stored content of unknown form " + stored[0]);
            };
            int start = stored[0] == PLAIN_1 ? 1 : 0;
            return read(new DataInputStream(new ByteArrayInputStream(plain, start, plain.length - start)));
        } catch (IOException | DataFormatException e) {
            throw new IllegalStateException("stored content cannot be read", e);
        }
    }

    private static void write(MailContent content, DataOutputStream out) throws IOException {
        text(content.from().displayName(), out);
        text(content.from().address().toString(), out);
        addresses(content.to(), out);
        addresses(content.cc(), out);
        text(content.subject(), out);
        text(content.replyTo() == null ? null : content.replyTo().toString(), out);
        text(content.unsubscribeLanguage(), out);
        texts(content.headers(), out);
        switch (content.body()) {
            case MailContent.Body.Template template -> {
                out.writeByte(TEMPLATE);
                out.writeLong(template.versionId());
                texts(template.values(), out);
            }
            case MailContent.Body.Own own -> {
                out.writeByte(OWN);
                text(own.html(), out);
                text(own.text(), out);
            }
            case MailContent.Body.Whole whole -> {
                out.writeByte(WHOLE);
                octets(whole.message(), out);
            }
        }
        out.writeInt(content.files().size());
        for (MailContent.File file : content.files()) {
            text(file.name(), out);
            text(file.contentType(), out);
            octets(file.content(), out);
        }
    }

    private static MailContent read(DataInputStream in) throws IOException {
        @Nullable String displayName = text(in);
        NamedAddress from = new NamedAddress(displayName, EmailAddress.parse(present(in)));
        List<EmailAddress> to = addresses(in);
        List<EmailAddress> cc = addresses(in);
        @Nullable String subject = text(in);
        @Nullable String replyTo = text(in);
        String unsubscribeLanguage = present(in);
        Map<String, String> headers = texts(in);
        MailContent.Body body = switch (in.readByte()) {
            case TEMPLATE -> new MailContent.Body.Template(in.readLong(), texts(in));
            case OWN -> new MailContent.Body.Own(text(in), text(in));
            case WHOLE -> new MailContent.Body.Whole(octets(in));
            default -> throw new IOException("unknown kind of body");
        };
        List<MailContent.File> files = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            files.add(new MailContent.File(present(in), present(in), octets(in)));
        }
        return new MailContent(
                from,
                to,
                cc,
                subject,
                replyTo == null ? null : EmailAddress.parse(replyTo),
                body,
                files,
                unsubscribeLanguage,
                headers);
    }

    private static void addresses(List<EmailAddress> addresses, DataOutputStream out) throws IOException {
        out.writeInt(addresses.size());
        for (EmailAddress address : addresses) {
            text(address.toString(), out);
        }
    }

    private static List<EmailAddress> addresses(DataInputStream in) throws IOException {
        List<EmailAddress> addresses = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            addresses.add(EmailAddress.parse(present(in)));
        }
        return addresses;
    }

    private static void texts(Map<String, String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            text(entry.getKey(), out);
            text(entry.getValue(), out);
        }
    }

    private static Map<String, String> texts(DataInputStream in) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int n = in.readInt(); n > 0; n--) {
            texts.put(present(in), present(in));
        }
        return texts;
    }

    private static void text(@Nullable String text, DataOutputStream out) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            octets(text.getBytes(StandardCharsets.UTF_8), out);
        }
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String present(DataInputStream in) throws IOException {
        @Nullable String text = text(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    private static void octets(byte[] octets, DataOutputStream out) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static byte[] octets(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static byte[] framed(byte[] plain) {
        byte[] stored = new byte[plain.length + 1];
        stored[0] = PLAIN_1;
        System.arraycopy(plain, 0, stored, 1, plain.length);
        return stored;
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
            out.write(DEFLATED_1);
            new DataOutputStream(out).writeInt(plain.length);
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.size() < plain.length ? out.toByteArray() : framed(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflated(byte[] stored) throws DataFormatException, IOException {
        Inflater inflater = new Inflater();
        try {
            int length = new DataInputStream(new ByteArrayInputStream(stored, 1, 4)).readInt();
            inflater.setInput(stored, 5, stored.length - 5);
            byte[] plain = new byte[length];
            int filled = 0;
            while (filled < length) {
                int more = inflater.inflate(plain, filled, length - filled);
                if (more == 0) {
                    throw new IOException("the stored content ends early");
                }
                filled += more;
            }
            return plain;
        } finally {
            inflater.end();
        }
    }
}
