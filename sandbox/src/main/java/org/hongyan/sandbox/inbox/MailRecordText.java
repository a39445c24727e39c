package org.hongyan.sandbox.inbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.sandbox.verdict.DkimVerdict;
import org.hongyan.sandbox.verdict.DmarcResult;
import org.hongyan.sandbox.verdict.DmarcVerdict;
import org.hongyan.sandbox.verdict.SpfResult;
import org.hongyan.sandbox.verdict.SpfVerdict;
import org.hongyan.sandbox.verdict.Verdicts;
import org.jspecify.annotations.Nullable;

/** The text form of a {@link ReceivedMail}: a line for each fact, its values parted by tabs, backslash escapes inside. */
final class MailRecordText {

    private MailRecordText() {}

    static String of(ReceivedMail mail) {
        StringBuilder text = new StringBuilder();
        Receipt receipt = mail.receipt();
        line(text, "at", receipt.at().toString());
        line(text, "return-path", receipt.returnPath().toString());
        receipt.recipients().forEach(recipient -> line(text, "recipient", recipient.toString()));
        line(text, "client", receipt.client());
        line(text, "helo", receipt.helo());
        line(text, "encrypted", Boolean.toString(receipt.encrypted()));
        line(text, "from", mail.from());
        line(text, "subject", mail.subject());
        line(text, "size", Integer.toString(mail.size()));
        SpfVerdict spf = mail.verdicts().spf();
        line(text, "spf", spf.result().name(), spf.domain(), spf.reason());
        mail.verdicts()
                .dkim()
                .forEach(dkim ->
                        line(text, "dkim", dkim.result().name(), dkim.domain(), dkim.selector(), dkim.reason()));
        DmarcVerdict dmarc = mail.verdicts().dmarc();
        line(text, "dmarc", dmarc.result().name(), dmarc.domain(), dmarc.policy(), dmarc.reason());
        return text.toString();
    }

    /** @throws IllegalArgumentException when the text is not what {@link #of} writes */
    static ReceivedMail parse(MailId id, String text) {
        Draft draft = new Draft();
        for (String line : text.split("\n")) {
            String[] parts = line.split("\t", -1);
            List<String> values = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                values.add(unescaped(parts[i]));
            }
            try {
                draft.take(parts[0], values);
            } catch (IndexOutOfBoundsException | DateTimeException malformed) {
                throw new IllegalArgumentException("the line '" + parts[0] + "' is malformed", malformed);
            }
        }
        return draft.mail(id);
    }

    /** What has been read so far. */
    private static final class Draft {
        private @Nullable Instant at;
        private ReversePath returnPath = new ReversePath.NullPath();
        private final List<EmailAddress> recipients = new ArrayList<>();
        private String client = "";
        private String helo = "";
        private boolean encrypted;
        private String from = "";
        private String subject = "";
        private int size;
        private @Nullable SpfVerdict spf;
        private final List<DkimVerdict> dkim = new ArrayList<>();
        private @Nullable DmarcVerdict dmarc;

        void take(String name, List<String> values) {
            String first = values.getFirst();
            switch (name) {
                case "at" -> at = Instant.parse(first);
                case "return-path" -> returnPath = ReversePath.parse(first);
                case "recipient" -> recipients.add(EmailAddress.parse(first));
                case "client" -> client = first;
                case "helo" -> helo = first;
                case "encrypted" -> encrypted = Boolean.parseBoolean(first);
                case "from" -> from = first;
                case "subject" -> subject = first;
                case "size" -> size = Integer.parseInt(first);
                case "spf" -> spf = new SpfVerdict(SpfResult.valueOf(first), values.get(1), values.get(2));
                case "dkim" ->
                    dkim.add(new DkimVerdict(
                            DkimVerdict.Result.valueOf(first), values.get(1), values.get(2), values.get(3)));
                case "dmarc" ->
                    dmarc = new DmarcVerdict(DmarcResult.valueOf(first), values.get(1), values.get(2), values.get(3));
                default -> throw new IllegalArgumentException("the line '" + name + "' is unknown");
            }
        }

        ReceivedMail mail(MailId id) {
            if (at == null || spf == null || dmarc == null) {
                throw new IllegalArgumentException("time, SPF or DMARC is missing");
            }
            Receipt receipt = new Receipt(at, returnPath, recipients, client, helo, encrypted);
            return new ReceivedMail(id, receipt, new Verdicts(spf, dkim, dmarc), from, subject, size);
        }
    }

    private static void line(StringBuilder text, String name, String... values) {
        text.append(name);
        for (String value : values) {
            text.append('\t').append(escaped(value));
        }
        text.append('\n');
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 32 || c == '\\' || c == 127) {
                escaped.append(String.format(Locale.ROOT, "\\%03d", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\' && i + 3 < value.length()) {
                plain.append((char) Integer.parseInt(value.substring(i + 1, i + 4)));
                i += 3;
            } else {
                plain.append(value.charAt(i));
            }
        }
        return plain.toString();
    }
}
