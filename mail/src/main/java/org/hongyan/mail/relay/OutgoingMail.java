package org.hongyan.mail.relay;

import org.hongyan.mail.message.Message;
import org.hongyan.mail.smtp.Envelope;

/**
 * One mail to hand over. Its content is asked for late: after the recipients' host has been reached and while it
 * answers, so that rendering and signing cost no waiting.
 */
public interface OutgoingMail {

    /** Return path and recipients; all recipients have the destination of the turn. */
    Envelope envelope();

    /** About how many octets the content has, for SIZE (RFC 1870); 0 when not known. */
    int estimatedSize();

    /** Whether the content may hold octets above 127, so that 8BITMIME is asked for. */
    boolean mayHoldEightBit();

    /**
     * The signed content. Called once a transaction at most, on the thread that delivers; called again when the mail
     * has to go over a fresh connection, and must then give the same Message-ID.
     *
     * @param eightBitAllowed whether the host takes 8BITMIME; when false the content must be 7-bit before it is signed
     */
    Message message(boolean eightBitAllowed);

    /** A mail whose bytes are at hand. */
    static OutgoingMail of(Envelope envelope, Message message) {
        return new OutgoingMail() {
            @Override
            public Envelope envelope() {
                return envelope;
            }

            @Override
            public int estimatedSize() {
                return message.size();
            }

            @Override
            public boolean mayHoldEightBit() {
                for (byte octet : message.bytes()) {
                    if (octet < 0) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public Message message(boolean eightBitAllowed) {
                return message;
            }
        };
    }
}
