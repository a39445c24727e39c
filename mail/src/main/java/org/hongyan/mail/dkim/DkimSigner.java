package org.hongyan.mail.dkim;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.message.Message;

/**
 * Signs messages for one domain with one key (RFC 6376 §5): rsa-sha256, relaxed/relaxed, the whole body.
 *
 * <p>From, To, Subject and Date are named once more than they occur, so that nobody can add a second one to a signed
 * message (§8.15). There is no {@code l=}: it would let anybody append to the body.
 *
 * <p>Thread-safe. This is the hot path of a node: the RSA operation costs 0.15 to 0.3 ms, and everything here besides
 * must stay far below that, hence offsets in place of texts, and pooled digests and buffers.
 */
public final class DkimSigner {

    /** @param oversigned whether the name is listed once more than the field occurs */
    private record SignedName(String name, String lowerCase, boolean oversigned) {
        SignedName(String name, boolean oversigned) {
            this(name, name.toLowerCase(Locale.ROOT), oversigned);
        }
    }

    /** RFC 6376 §5.4.1, the fields of one-click unsubscribing (RFC 8058 §4), and what providers want covered. */
    private static final List<SignedName> SIGNED = List.of(
            new SignedName("From", true),
            new SignedName("Sender", false),
            new SignedName("Reply-To", false),
            new SignedName("To", true),
            new SignedName("Cc", false),
            new SignedName("Subject", true),
            new SignedName("Date", true),
            new SignedName("Message-ID", false),
            new SignedName("In-Reply-To", false),
            new SignedName("References", false),
            new SignedName("MIME-Version", false),
            new SignedName("Content-Type", false),
            new SignedName("Content-Transfer-Encoding", false),
            new SignedName("List-Id", false),
            new SignedName("List-Unsubscribe", false),
            new SignedName("List-Unsubscribe-Post", false),
            new SignedName("Feedback-ID", false));

    private static final int LINE_LENGTH = 78;

    /** What one signing needs besides the key. */
    private static final class Workbench {
        final MessageDigest digest = DkimCrypto.sha256();
        final FieldIndex fields = new FieldIndex();
        final Octets signedData = new Octets();
        final StringBuilder field = new StringBuilder(1024);
    }

    private static final Pool<Workbench> WORKBENCHES = new Pool<>(Workbench::new);

    private final DkimKey key;
    private final String opening;

    /**
     * @param domain the signing domain, {@code d=}
     * @param selector one or more labels, {@code s=}
     * @throws IllegalArgumentException when the selector is no sequence of labels
     */
    public DkimSigner(DomainName domain, String selector, DkimKey key) {
        this.key = key;
        this.opening = opening(domain, new DomainName(selector.toLowerCase(Locale.ROOT)));
    }

    /**
     * The message with a DKIM-Signature field put before its header. The message must be final: signing is the last
     * thing that happens to it.
     *
     * @param time the time of signing, {@code t=}
     */
    public Message sign(Message message, Instant time) {
        byte[] bytes = message.bytes();
        Workbench bench = WORKBENCHES.take();
        bench.fields.read(bytes);
        Canonicalization.RELAXED.hashBody(bytes, bench.fields.bodyStart(), bytes.length, bench.digest);
        byte[] bodyHash = bench.digest.digest();

        bench.signedData.truncate(0);
        FieldWriter writer = new FieldWriter(bench.field, opening);
        writer.tag("t=" + time.getEpochSecond());
        writer.openList("h=");
        for (SignedName signed : SIGNED) {
            addFields(signed, bytes, bench, writer);
        }
        writer.closeList();
        writer.tag("bh=" + Base64.getEncoder().encodeToString(bodyHash));
        writer.openLast("b=");
        addRelaxed(bench.field, bench.signedData);
        byte[] signature = key.sign(bench.signedData.array(), bench.signedData.length());
        writer.finish(Base64.getEncoder().encodeToString(signature));

        byte[] signed = joined(bench.field, bytes);
        WORKBENCHES.giveBack(bench);
        return Message.ofCanonical(signed);
    }

    private static void addFields(SignedName signed, byte[] bytes, Workbench bench, FieldWriter writer) {
        FieldIndex fields = bench.fields;
        int field = fields.lastNamed(bytes, signed.lowerCase, fields.count());
        while (field >= 0) {
            writer.listItem(signed.name);
            Canonicalization.RELAXED.addField(bytes, fields.start(field), fields.end(field), bench.signedData);
            bench.signedData.addAscii("\r\n");
            field = fields.lastNamed(bytes, signed.lowerCase, field);
        }
        if (signed.oversigned) {
            writer.listItem(signed.name);
        }
    }

    /** The relaxed form of our own field, whose folding is known: each fold is CRLF and one space. */
    private static void addRelaxed(StringBuilder field, Octets out) {
        out.addAscii("dkim-signature:");
        for (int i = "DKIM-Signature: ".length(); i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\r' && c != '\n') {
                out.add((byte) c);
            }
        }
    }

    private static byte[] joined(StringBuilder field, byte[] bytes) {
        if (FieldIndex.startsFolded(bytes)) {
            field.append("\r\n");
        }
        int length = field.length();
        byte[] signed = new byte[length + bytes.length];
        for (int i = 0; i < length; i++) {
            signed[i] = (byte) field.charAt(i);
        }
        System.arraycopy(bytes, 0, signed, length, bytes.length);
        return signed;
    }

    private static String opening(DomainName domain, DomainName selector) {
        FieldWriter writer = new FieldWriter(new StringBuilder(), "DKIM-Signature: v=1; a=rsa-sha256;");
        writer.tag("c=relaxed/relaxed");
        writer.tag("d=" + domain);
        writer.tag("s=" + selector);
        return writer.out.toString();
    }

    /** Writes the field with its lines folded at {@value #LINE_LENGTH} octets where the grammar allows. */
    private static final class FieldWriter {

        private final StringBuilder out;
        private int lineStart;
        private boolean listStarted;

        FieldWriter(StringBuilder out, String opening) {
            this.out = out;
            out.setLength(0);
            out.append(opening);
            lineStart = Math.max(0, out.lastIndexOf("\n") + 1);
        }

        void tag(String text) {
            if (column() + 2 + text.length() > LINE_LENGTH) {
                fold();
            }
            out.append(' ').append(text).append(';');
        }

        void openList(String name) {
            if (column() + 16 > LINE_LENGTH) {
                fold();
            }
            out.append(' ').append(name);
            listStarted = false;
        }

        void listItem(String item) {
            if (listStarted) {
                out.append(':');
            }
            if (column() + item.length() + 1 > LINE_LENGTH) {
                fold();
                out.append(' ');
            }
            out.append(item);
            listStarted = true;
        }

        void closeList() {
            out.append(';');
        }

        void openLast(String name) {
            fold();
            out.append(' ').append(name);
        }

        void finish(String value) {
            int at = 0;
            while (true) {
                int end = Math.min(value.length(), at + LINE_LENGTH - column());
                out.append(value, at, end);
                at = end;
                if (at == value.length()) {
                    break;
                }
                fold();
                out.append(' ');
            }
            out.append("\r\n");
        }

        private int column() {
            return out.length() - lineStart;
        }

        private void fold() {
            out.append("\r\n");
            lineStart = out.length();
        }
    }
}
