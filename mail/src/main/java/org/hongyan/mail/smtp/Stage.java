package org.hongyan.mail.smtp;

/** The step of a client's conversation. */
public enum Stage {
    /** TCP. */
    CONNECT,
    /** The server's first reply. */
    GREETING,
    /** EHLO or HELO. */
    HELLO,
    /** STARTTLS and the handshake. */
    TLS,
    /** MAIL FROM. */
    MAIL,
    /** RCPT TO. */
    RCPT,
    /** DATA, until the 354. */
    DATA,
    /** The content on its way, before its end was written. */
    CONTENT,
    /** After the final dot: until the reply, nobody knows who is responsible (RFC 5321 §4.5.5, RFC 1047). */
    END
}
