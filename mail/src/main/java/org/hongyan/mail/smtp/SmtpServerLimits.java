package org.hongyan.mail.smtp;

import java.time.Duration;

/**
 * What one {@link SmtpServer} lets a client do. Every figure has a default that suits a server on the open internet; see
 * {@link #defaults}.
 *
 * @param content what a message may be
 * @param commands what a session may say
 * @param times how long it may take
 * @param connections how many there may be
 */
public record SmtpServerLimits(Content content, Commands commands, Times times, Connections connections) {

    /**
     * Limits of a message. Breaking one refuses the message and keeps the connection.
     *
     * @param messageBytes largest message, also announced by SIZE (RFC 1870)
     * @param textLineBytes longest line without its CRLF (RFC 5321 §4.5.3.1.6 says 998)
     * @param headerFieldBytes longest header field with its folded lines
     * @param headerBlockBytes longest header
     * @param headerFields most header fields
     * @param hops most Received fields before the message is held to be looping (RFC 5321 §6.3)
     */
    public record Content(
            int messageBytes,
            int textLineBytes,
            int headerFieldBytes,
            int headerBlockBytes,
            int headerFields,
            int hops) {

        /** @throws IllegalArgumentException when a limit is not positive */
        public Content {
            requirePositive(messageBytes, textLineBytes, headerFieldBytes, headerBlockBytes, headerFields, hops);
        }
    }

    /**
     * Limits of a session.
     *
     * @param recipients most accepted recipients of a transaction; more are answered 452 4.5.3
     * @param commandLineBytes longest command with its CRLF
     * @param authLineBytes longest line of an AUTH exchange with its CRLF (RFC 4954 §4 asks for 12,288)
     * @param errors refused commands after which the session ends with 421
     * @param junkCommands commands that carry no mail (NOOP, RSET, EHLO, VRFY …) between two messages
     * @param authFailures failed AUTH attempts after which the session ends with 421
     */
    public record Commands(
            int recipients, int commandLineBytes, int authLineBytes, int errors, int junkCommands, int authFailures) {

        /** @throws IllegalArgumentException when a limit is not positive or a line is shorter than RFC 5321 allows */
        public Commands {
            requirePositive(recipients, errors, junkCommands, authFailures);
            if (commandLineBytes < 512 || authLineBytes < commandLineBytes) {
                throw new IllegalArgumentException("a command line is at least 512 octets, an AUTH line no shorter");
            }
        }
    }

    /**
     * Limits of time.
     *
     * @param idle longest wait for the next complete command, or for more content
     * @param idleUnderStress the same while more than 80 % of the connections are taken
     * @param handshake longest TLS handshake
     * @param transaction longest time from MAIL to the end of the content
     * @param slowestContent least average rate at which content comes, in octets a second, once {@code rateGrace} is over
     * @param rateGrace time from the start of the content in which its rate is not judged
     * @param shutdown longest time that {@link SmtpServer#close} lets running messages finish
     */
    public record Times(
            Duration idle,
            Duration idleUnderStress,
            Duration handshake,
            Duration transaction,
            int slowestContent,
            Duration rateGrace,
            Duration shutdown) {

        /** @throws IllegalArgumentException when a time is not positive or the rate is negative */
        public Times {
            for (Duration duration : new Duration[] {idle, idleUnderStress, handshake, transaction, rateGrace}) {
                if (!duration.isPositive()) {
                    throw new IllegalArgumentException("a time limit is positive");
                }
            }
            if (slowestContent < 0 || shutdown.isNegative()) {
                throw new IllegalArgumentException("neither rate nor shutdown time is negative");
            }
        }
    }

    /**
     * Limits of number and memory.
     *
     * @param total most open connections; more are greeted with 421
     * @param perAddress most connections from one IPv4 address or IPv6 /64 network that have not signed in by AUTH
     * @param contentBytes memory that all messages being received may take together; beyond it a message is answered
     *     452 4.3.1
     */
    public record Connections(int total, int perAddress, long contentBytes) {

        /** @throws IllegalArgumentException when a limit is not positive */
        public Connections {
            requirePositive(total, perAddress);
            if (contentBytes < 1) {
                throw new IllegalArgumentException("a limit is positive");
            }
        }
    }

    /**
     * 10 MiB a message, 1,000 recipients, 10,000 connections, 50 an address, five minutes idle; received content may take a
     * quarter of the heap.
     */
    public static SmtpServerLimits defaults() {
        return new SmtpServerLimits(
                new Content(10 * 1024 * 1024, 998, 64 * 1024, 256 * 1024, 1_000, 50),
                new Commands(1_000, 2_048, 12_288, 20, 100, 5),
                new Times(
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(30),
                        500,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20)),
                new Connections(10_000, 50, Math.max(1, Runtime.getRuntime().maxMemory() / 4)));
    }

    /** These limits with others for the message. */
    public SmtpServerLimits with(Content other) {
        return new SmtpServerLimits(other, commands, times, connections);
    }

    /** These limits with others for the session. */
    public SmtpServerLimits with(Commands other) {
        return new SmtpServerLimits(content, other, times, connections);
    }

    /** These limits with others for time. */
    public SmtpServerLimits with(Times other) {
        return new SmtpServerLimits(content, commands, other, connections);
    }

    /** These limits with others for number and memory. */
    public SmtpServerLimits with(Connections other) {
        return new SmtpServerLimits(content, commands, times, other);
    }

    /** These limits with another largest message. */
    public SmtpServerLimits withMessageBytes(int messageBytes) {
        return with(new Content(
                messageBytes,
                content.textLineBytes,
                content.headerFieldBytes,
                content.headerBlockBytes,
                content.headerFields,
                content.hops));
    }

    /** These limits with another longest text line, for servers that take what others send. */
    public SmtpServerLimits withTextLineBytes(int textLineBytes) {
        return with(new Content(
                content.messageBytes,
                textLineBytes,
                content.headerFieldBytes,
                content.headerBlockBytes,
                content.headerFields,
                content.hops));
    }

    /** These limits with other numbers of connections in all and from one address. */
    public SmtpServerLimits withConnections(int total, int perAddress) {
        return with(new Connections(total, perAddress, connections.contentBytes));
    }

    private static void requirePositive(int... limits) {
        for (int limit : limits) {
            if (limit < 1) {
                throw new IllegalArgumentException("a limit is positive");
            }
        }
    }
}
