package org.hongyan.mail.smtp;

import java.time.Duration;

/**
 * How long each step of a conversation may take as a whole (RFC 5321 §4.5.3.2), however the bytes trickle in.
 *
 * @param connect until the TCP connection stands
 * @param greeting until the 220
 * @param hello until the reply to EHLO or HELO
 * @param tls until the TLS handshake is done
 * @param mail until the reply to MAIL
 * @param rcpt until the reply to each RCPT
 * @param data until the 354
 * @param transfer until the whole content is handed to the network
 * @param end until the reply to the final dot
 * @param quit until the reply to QUIT
 */
public record SmtpTimeouts(
        Duration connect,
        Duration greeting,
        Duration hello,
        Duration tls,
        Duration mail,
        Duration rcpt,
        Duration data,
        Duration transfer,
        Duration end,
        Duration quit) {

    /** The figures of the RFC; 30 s for the connection and 10 s for a good-bye that nobody waits for. */
    public static SmtpTimeouts standard() {
        return new SmtpTimeouts(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10));
    }

    /** One duration for all steps, for tests and for impatient settings. */
    public static SmtpTimeouts all(Duration each) {
        return new SmtpTimeouts(each, each, each, each, each, each, each, each, each, each);
    }
}
