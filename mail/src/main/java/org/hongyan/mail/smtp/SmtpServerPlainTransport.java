package org.hongyan.mail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** The socket as it is. */
final class SmtpServerPlainTransport implements SmtpServerTransport {

    private final InputStream in;
    private final OutputStream out;

    SmtpServerPlainTransport(Socket socket) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    @Override
    public int read(byte[] target, int length) throws IOException {
        return in.read(target, 0, length);
    }

    @Override
    public boolean arrived() throws IOException {
        return in.available() > 0;
    }

    @Override
    public void write(byte[] octets, int length) throws IOException {
        out.write(octets, 0, length);
    }

    @Override
    public void finish() {}
}
