package org.hongyan.mail.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the policy file of a domain over HTTPS (RFC 8461 §3.3): certificate for the policy host, no redirect, 64 kB
 * and a few seconds at most. The address comes from our resolver and passes the guard, since the domain is a stranger's.
 */
final class StsPolicyFile {

    private static final int LARGEST = 64 * 1024;
    private static final Duration TIME = Duration.ofSeconds(10);

    private final DnsResolver dns;
    private final AddressGuard guard;
    private final int port;
    private final SSLContext context;

    StsPolicyFile(DnsResolver dns, AddressGuard guard, int port, @Nullable KeyStore authorities) {
        this.dns = dns;
        this.guard = guard;
        this.port = port;
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            this.context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK has no TLS", broken);
        }
    }

    /**
     * The text of the file.
     *
     * @throws IOException with a sentence for people, for whatever reason there is no such file
     */
    String fetch(DomainName domain) throws IOException {
        DomainName host = domain.child("mta-sts");
        long end = System.nanoTime() + TIME.toNanos();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(addressOf(host), port), (int) TIME.toMillis());
            plain.setSoTimeout((int) TIME.toMillis());
            SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(plain, host.ascii(), port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            String request = "GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: " + host.ascii()
                    + "\r\nAccept: text/plain\r\nConnection: close\r\n\r\n";
            secured.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return bodyOf(readAll(secured, end));
        }
    }

    private InetAddress addressOf(DomainName host) throws IOException {
        DnsAnswer<InetAddress> answer = dns.addresses(host);
        for (InetAddress address : answer.recordsOrEmpty()) {
            if (guard.judge(address) instanceof AddressGuard.Verdict.Allowed) {
                return address;
            }
        }
        throw new IOException(host + " has no address that may be asked");
    }

    private static byte[] readAll(SSLSocket socket, long end) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException("the policy file took too long");
            }
            socket.setSoTimeout((int) left);
            int read = in.read(piece);
            if (read < 0) {
                return all.toByteArray();
            }
            all.write(piece, 0, read);
            if (all.size() > LARGEST) {
                throw new IOException("the policy file is too large");
            }
        }
    }

    private static String bodyOf(byte[] response) throws IOException {
        String text = new String(response, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0 || !text.matches("(?s)HTTP/1\\.[01] 200[ \r].*")) {
            throw new IOException("no policy file: "
                    + text.lines().findFirst().orElse("an empty answer").replaceAll("[^ -~]", "?"));
        }
        String head = text.substring(0, headEnd).toLowerCase(Locale.ROOT);
        String body = text.substring(headEnd + 4);
        return head.contains("\r\ntransfer-encoding: chunked") ? unchunked(body) : body;
    }

    private static String unchunked(String body) throws IOException {
        StringBuilder whole = new StringBuilder();
        int position = 0;
        while (true) {
            int lineEnd = body.indexOf("\r\n", position);
            if (lineEnd < 0) {
                throw new IOException("the policy file is cut off");
            }
            String size = body.substring(position, lineEnd).split(";", 2)[0].strip();
            if (!size.matches("[0-9A-Fa-f]{1,5}")) {
                throw new IOException("the policy file has a malformed chunk");
            }
            int length = Integer.parseInt(size, 16);
            int start = lineEnd + 2;
            if (length == 0) {
                return whole.toString();
            }
            if (start + length + 2 > body.length()) {
                throw new IOException("the policy file is cut off");
            }
            whole.append(body, start, start + length);
            position = start + length + 2;
        }
    }
}
