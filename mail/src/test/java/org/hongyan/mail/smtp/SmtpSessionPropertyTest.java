package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.jspecify.annotations.Nullable;

/**
 * A million sessions of pieces that matter to SMTP, put together at random and cut at random, fed to the session without a socket.
 * Each must end, must not depend on where it was cut, and must deliver nothing but what a second, much simpler reader of the same
 * octets finds.
 */
class SmtpSessionPropertyTest {

    private static final int SESSIONS_PER_TRY = 1_000;

    private static final byte[][] PIECES = pieces(
            "EHLO c\r\n",
            "HELO c\r\n",
            "MAIL FROM:<a@example.com>\r\n",
            "MAIL FROM:<> SIZE=10 BODY=8BITMIME SMTPUTF8\r\n",
            "RCPT TO:<b@example.org>\r\n",
            "RCPT TO:<张@例子.example> NOTIFY=NEVER\r\n",
            "DATA\r\n",
            "BDAT 4\r\n",
            "BDAT 10 LAST\r\n",
            "BDAT 0 LAST\r\n",
            "RSET\r\n",
            "NOOP\r\n",
            "QUIT\r\n",
            "AUTH PLAIN AGEAYg==\r\n",
            "AUTH LOGIN\r\n",
            "*\r\n",
            "STARTTLS\r\n",
            "\r\n.\r\n",
            ".\r\n",
            "\n.\n",
            "\r.\r",
            "\n.\r\n",
            "\r\n.\n",
            "\r\r\n",
            "\r\n",
            "\r",
            "\n",
            "\0",
            ".",
            "..",
            "...\r\n",
            "Subject: x\r\n\r\nbody\r\n",
            "Received: x\r\n",
            "text",
            "\u9e3f\u96c1",
            "<",
            ">",
            "\"",
            "@",
            " ",
            "=",
            "BDAT ",
            "MAIL FROM:<",
            "x".repeat(3_000),
            "\u00ff\u0080");

    private static final byte[] PROLOGUE = "EHLO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final SmtpServerLimits limits = SmtpServerLimits.defaults()
            .withMessageBytes(4_000)
            .with(new SmtpServerLimits.Commands(3, 512, 512, 1_000, 1_000, 1_000));

    @Property(tries = 1_000)
    void anySessionEndsAndIsReadTheSameHoweverItIsCut(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SmtpServerBuffers buffers = new SmtpServerBuffers(1 << 30);
        for (int i = 0; i < SESSIONS_PER_TRY; i++) {
            byte[] input = input(random);
            Outcome whole = run(buffers, input, () -> input.length);
            if (i % 4 == 0) {
                assertThat(run(buffers, input, () -> 1 + random.nextInt(7))).isEqualTo(whole);
            }
            for (byte[] message : whole.messages) {
                requireClean(message);
            }
            assertThat(buffers.reserved()).isZero();
        }
    }

    @Property(tries = 200)
    void aMessageIsWhatTheSimplestReaderFinds(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SmtpServerBuffers buffers = new SmtpServerBuffers(1 << 30);
        for (int i = 0; i < SESSIONS_PER_TRY; i++) {
            byte[] content = content(random);
            byte[] input = concat(PROLOGUE, content);
            List<byte[]> messages = run(buffers, input, () -> 1 + random.nextInt(100)).messages;
            String expected = simplest(new String(content, StandardCharsets.ISO_8859_1));
            assertThat(messages.isEmpty() ? null : new String(messages.getFirst(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(expected);
        }
    }

    /** The content up to the first CRLF.CRLF, or null when there is none or something stray comes first. */
    private static @Nullable String simplest(String content) {
        int end = ("\r\n" + content).indexOf("\r\n.\r\n");
        if (end < 0) {
            return null;
        }
        String message = content.substring(0, end);
        String left = message.replace("\r\n", "");
        boolean stray = left.indexOf('\r') >= 0 || left.indexOf('\n') >= 0 || left.indexOf('\0') >= 0;
        boolean longLine = message.lines().anyMatch(line -> line.length() - (line.startsWith(".") ? 1 : 0) > 998);
        String unstuffed = ("\r\n" + message).replace("\r\n.", "\r\n").substring(2);
        return stray || longLine || unstuffed.length() > 4_000 ? null : unstuffed;
    }

    /** What a session said and delivered. */
    private record Outcome(String said, List<String> texts, List<byte[]> messages) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Outcome outcome && said.equals(outcome.said) && texts.equals(outcome.texts);
        }

        @Override
        public int hashCode() {
            return said.hashCode();
        }
    }

    private interface Cut {
        int next();
    }

    private Outcome run(SmtpServerBuffers buffers, byte[] input, Cut cut) {
        Collector collector = new Collector();
        SmtpServerSettings settings = new SmtpServerSettings(
                collector,
                "mx.example.com",
                EnumSet.allOf(SmtpServer.Extension.class),
                limits,
                peer -> true,
                address -> false,
                null);
        SmtpSession session =
                new SmtpSession(settings, buffers, new SmtpSessionPeer(InetAddress.getLoopbackAddress(), 25), true);
        session.open();
        int at = 0;
        while (at < input.length && session.wants() != SmtpSession.Wants.END) {
            int to = Math.min(input.length, at + cut.next());
            int next = session.feed(input, at, to);
            boolean stopped = session.wants() == SmtpSession.Wants.END || session.wants() == SmtpSession.Wants.TLS;
            assertThat(next == to || stopped).isTrue();
            at = to;
        }
        session.closed();
        SmtpServerOutput output = session.output();
        String said = new String(output.octets(), 0, output.length(), StandardCharsets.UTF_8);
        List<String> texts = new ArrayList<>();
        for (byte[] message : collector.messages) {
            texts.add(new String(message, StandardCharsets.ISO_8859_1));
        }
        return new Outcome(said, texts, collector.messages);
    }

    private static byte[] input(SplittableRandom random) {
        ByteArrayOutputStream input = new ByteArrayOutputStream(256);
        if (random.nextInt(4) > 0) {
            input.writeBytes(PROLOGUE);
        }
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            byte[] piece = PIECES[random.nextInt(PIECES.length)];
            if (random.nextInt(10) == 0) {
                piece = piece.clone();
                piece[random.nextInt(piece.length)] = (byte) random.nextInt(256);
            }
            input.writeBytes(piece);
        }
        return input.toByteArray();
    }

    private static byte[] content(SplittableRandom random) {
        String alphabet = "\r\n\r\n\r\n..x";
        StringBuilder content = new StringBuilder();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            int choice = random.nextInt(40);
            if (choice < 18) {
                content.append("\r\n");
            } else if (choice == 18) {
                content.append(alphabet.charAt(random.nextInt(2)));
            } else if (choice == 19) {
                content.append(random.nextInt(20) == 0 ? "\0" : "y".repeat(999));
            } else {
                content.append(choice < 30 ? "." : "x");
            }
        }
        return content.append("\r\n.\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void requireClean(byte[] message) {
        for (int i = 0; i < message.length; i++) {
            boolean clean = switch (message[i]) {
                case 0 -> false;
                case '\n' -> i > 0 && message[i - 1] == '\r';
                case '\r' -> i + 1 < message.length && message[i + 1] == '\n';
                default -> true;
            };
            assertThat(clean).isTrue();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static byte[][] pieces(String... texts) {
        byte[][] pieces = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            pieces[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return pieces;
    }

    /** Says yes to everything and keeps the messages. */
    private static final class Collector implements SmtpServerHandler {
        private static final Reply YES = Reply.of(250, "2.0.0", "OK");
        private final List<byte[]> messages = new ArrayList<>();

        @Override
        public Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters) {
            return YES;
        }

        @Override
        public Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters) {
            return YES;
        }

        @Override
        public Reply data(Delivery delivery) {
            messages.add(delivery.content());
            return YES;
        }
    }
}
