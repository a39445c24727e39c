package org.hongyan.mail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Writes and reads octets as given, without any idea of SMTP but where a reply ends. Text is UTF-8. */
final class RawSmtpClient implements AutoCloseable {

    private Socket socket;
    private InputStream in;

    RawSmtpClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawSmtpClient(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    Socket socket() {
        return socket;
    }

    void use(Socket encrypted) throws IOException {
        this.socket = encrypted;
        this.in = encrypted.getInputStream();
    }

    RawSmtpClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawSmtpClient send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        return this;
    }

    /** One reply, its lines joined by LF; the empty text at the end of the stream. */
    String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        while (true) {
            String line = line();
            reply.append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
            reply.append('\n');
        }
    }

    String say(String text) throws IOException {
        return send(text).reply();
    }

    /** Everything up to the end of the stream; a reset counts as the end. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String reply = reply(); !reply.isEmpty(); reply = reply()) {
            rest.append(rest.isEmpty() ? "" : "\n").append(reply);
        }
        return rest.toString();
    }

    private String line() throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        int c;
        try {
            while ((c = in.read()) >= 0 && c != '\n') {
                line.write(c);
            }
        } catch (SocketException reset) {
            return line.toString(StandardCharsets.UTF_8);
        }
        return line.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
