package org.hongyan.mail.smtp;

import java.io.IOException;

/** The octets of a connection, plain or through TLS. For the one thread of the connection. */
interface SmtpServerTransport {

    /** Reads at least one octet; -1 at the end of the stream. */
    int read(byte[] target, int length) throws IOException;

    /** Whether octets have arrived that {@link #read} would give without waiting. */
    boolean arrived() throws IOException;

    void write(byte[] octets, int length) throws IOException;

    /** Tells the other side that nothing more will be written. */
    void finish() throws IOException;
}
