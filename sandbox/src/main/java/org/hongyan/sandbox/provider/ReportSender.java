package org.hongyan.sandbox.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.sandbox.dns.OperatorNames;

/**
 * Delivers a report from the null path to the mail exchanger of its recipient. A client of its own, not the engine's:
 * what is on trial must not carry its own evidence.
 */
final class ReportSender {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int LONGEST_REPLY_LINE = 4_096;

    /** What became of a report. */
    sealed interface Result {
        /** The other side took it. */
        record Taken(String reply) implements Result {}

        /** The other side refused it; trying again is of no use when the code is 5xx. */
        record Refused(String reply) implements Result {}

        /** Nobody takes mail for that address in the sandbox. */
        record NoDestination(String reason) implements Result {}

        /** There was no conversation, or it broke. */
        record Unreachable(String reason) implements Result {}
    }

    private final DnsResolver resolver;
    private final OperatorNames names;

    ReportSender(DnsResolver resolver, OperatorNames names) {
        this.resolver = resolver;
        this.names = names;
    }

    Result send(EmailAddress to, byte[] mail, OperatorDoors doors) {
        Optional<DomainName> exchanger = exchangerOf(to.domain());
        if (exchanger.isEmpty()) {
            return new Result.NoDestination(to.domain() + " has no mail exchanger in the sandbox");
        }
        if (!exchanger.get().equals(names.bounceHost())) {
            return new Result.NoDestination(
                    "the mail exchanger of " + to.domain() + " is " + exchanger.get() + ", not " + names.bounceHost());
        }
        try (Socket socket = new Socket()) {
            socket.connect(doors.bounce(), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new Conversation(socket).deliver(to, mail);
        } catch (IOException broken) {
            return new Result.Unreachable(doors.bounce() + ": " + broken.getMessage());
        }
    }

    private Optional<DomainName> exchangerOf(DomainName domain) {
        return switch (resolver.mx(domain)) {
            case DnsAnswer.Found<DnsResolver.Mx> found ->
                found.records().stream()
                        .min(Comparator.comparingInt(DnsResolver.Mx::preference))
                        .map(DnsResolver.Mx::exchange);
            case DnsAnswer.NoData<DnsResolver.Mx> none -> implicit(domain);
            case DnsAnswer.NoSuchName<DnsResolver.Mx> none -> Optional.empty();
            case DnsAnswer.Unavailable<DnsResolver.Mx> unknown -> Optional.empty();
        };
    }

    /** RFC 5321 §5.1: without MX records the domain's own address counts. */
    private Optional<DomainName> implicit(DomainName domain) {
        boolean hasAddress = !resolver.addresses(domain).recordsOrEmpty().stream()
                .filter(InetAddress::isLoopbackAddress)
                .toList()
                .isEmpty();
        return hasAddress ? Optional.of(domain) : Optional.empty();
    }

    /** One SMTP transaction. */
    private static final class Conversation {
        private final InputStream in;
        private final OutputStream out;

        Conversation(Socket socket) throws IOException {
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        Result deliver(EmailAddress to, byte[] mail) throws IOException {
            String reply = readReply();
            if (reply.startsWith("2")) {
                reply = say("EHLO reports.sandbox.test");
            }
            boolean eightBit = reply.toUpperCase(Locale.ROOT).contains("8BITMIME");
            if (reply.startsWith("2")) {
                reply = say("MAIL FROM:<>" + (eightBit ? " BODY=8BITMIME" : ""));
            }
            if (reply.startsWith("2")) {
                reply = say("RCPT TO:<" + to + ">");
            }
            if (reply.startsWith("2")) {
                reply = say("DATA");
            }
            if (reply.startsWith("3")) {
                out.write(dotStuffed(mail));
                out.flush();
                reply = readReply();
            }
            boolean taken = reply.startsWith("2");
            out.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return taken ? new Result.Taken(reply) : new Result.Refused(reply);
        }

        private String say(String command) throws IOException {
            out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return readReply();
        }

        private String readReply() throws IOException {
            StringBuilder reply = new StringBuilder();
            while (true) {
                String line = readLine();
                reply.append(reply.isEmpty() ? "" : " / ").append(line);
                if (line.length() < 4 || line.charAt(3) != '-') {
                    return reply.toString();
                }
                if (reply.length() > 16 * LONGEST_REPLY_LINE) {
                    throw new IOException("the reply does not end");
                }
            }
        }

        private String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (true) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("the connection was closed");
                }
                if (octet == '\n') {
                    return line.toString(StandardCharsets.UTF_8).stripTrailing();
                }
                if (line.size() == LONGEST_REPLY_LINE) {
                    throw new IOException("a reply line does not end");
                }
                line.write(octet);
            }
        }

        private static byte[] dotStuffed(byte[] mail) {
            ByteArrayOutputStream stuffed = new ByteArrayOutputStream(mail.length + 64);
            boolean lineStart = true;
            for (byte octet : mail) {
                if (lineStart && octet == '.') {
                    stuffed.write('.');
                }
                stuffed.write(octet);
                lineStart = octet == '\n';
            }
            stuffed.writeBytes((lineStart ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
            return stuffed.toByteArray();
        }
    }
}
