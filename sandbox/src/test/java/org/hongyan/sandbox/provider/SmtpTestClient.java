package org.hongyan.sandbox.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The least that speaks SMTP; each method gives the whole reply, lines parted by a bar, or an empty text at the end. */
final class SmtpTestClient implements AutoCloseable {

    private Socket socket;
    private BufferedReader in;
    private OutputStream out;
    private final String greeting;

    SmtpTestClient(int port) throws IOException {
        this.socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        this.in = reader(socket);
        this.out = socket.getOutputStream();
        this.greeting = reply();
    }

    String greeting() {
        return greeting;
    }

    String say(String command) throws IOException {
        try {
            out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return reply();
        } catch (IOException cut) {
            return "";
        }
    }

    /** MAIL, RCPT and content for one recipient; the first refusal, or the last reply. */
    String deliver(String returnPath, String recipient, String content) throws IOException {
        String reply = say("MAIL FROM:<" + returnPath + ">");
        if (reply.startsWith("2")) {
            reply = say("RCPT TO:<" + recipient + ">");
        }
        if (reply.startsWith("2")) {
            reply = say("DATA");
        }
        if (reply.startsWith("3")) {
            reply = say(content + "\r\n.");
        } else if (!reply.isEmpty()) {
            say("RSET");
        }
        return reply;
    }

    String startTls() throws IOException, GeneralSecurityException {
        String reply = say("STARTTLS");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "mx1.qq.com", 25, true);
        secure.startHandshake();
        socket = secure;
        in = reader(secure);
        out = secure.getOutputStream();
        return reply;
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        try {
            String line;
            while ((line = in.readLine()) != null) {
                reply.append(reply.isEmpty() ? "" : "|").append(line);
                if (line.length() < 4 || line.charAt(3) != '-') {
                    break;
                }
            }
        } catch (java.net.SocketException reset) {
            return reply.toString();
        }
        return reply.toString();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Trusts everybody: the certificates of these servers vouch only for themselves. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
