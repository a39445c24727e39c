package org.hongyan.sandbox.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsResolver;

/**
 * The recipient's web browser: asks for one URL with the header fields of a common one, and reads a bounded answer. It
 * goes only to names that the pretend DNS places on this machine, so that no mail can make the sandbox call elsewhere.
 * A URL without a port means the operator's web door, whatever its scheme: in a sandbox nobody listens on 80 and 443.
 */
final class WebVisitor {

    private static final String BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
            + " (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LARGEST_ANSWER = 64 * 1024;

    /** How a visit ended. */
    sealed interface Visit {
        /** @param status of HTTP */
        record Answered(int status) implements Visit {}

        /** The URL leads off this machine. */
        record Elsewhere(String reason) implements Visit {}

        /** There was no answer. */
        record Broken(String reason) implements Visit {}
    }

    private final DnsResolver resolver;

    WebVisitor(DnsResolver resolver) {
        this.resolver = resolver;
    }

    Visit get(String url, OperatorDoors doors) {
        return visit(url, doors, "GET", "");
    }

    /** The form of RFC 8058 §3.1. */
    Visit postOneClick(String url, OperatorDoors doors) {
        return visit(url, doors, "POST", "List-Unsubscribe=One-Click");
    }

    private Visit visit(String url, OperatorDoors doors, String method, String body) {
        URI uri;
        try {
            uri = new URI(new URI(url).toASCIIString());
        } catch (java.net.URISyntaxException malformed) {
            return new Visit.Elsewhere("the URL is malformed");
        }
        String host = uri.getHost();
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web || host == null) {
            return new Visit.Elsewhere("the URL is not one of the web");
        }
        Optional<InetAddress> here = loopbackAddressOf(host);
        if (here.isEmpty()) {
            return new Visit.Elsewhere(host + " is not on this machine");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : doors.web().getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(here.get(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request(uri, method, body).getBytes(StandardCharsets.US_ASCII));
            return readStatus(socket.getInputStream());
        } catch (IOException broken) {
            return new Visit.Broken(host + ":" + port + ": " + broken.getMessage());
        }
    }

    private static String request(URI uri, String method, String body) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String authority = uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
        String form = body.isEmpty()
                ? ""
                : "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n";
        return method + " " + path + query + " HTTP/1.1\r\n"
                + "Host: " + authority + "\r\n"
                + "User-Agent: " + BROWSER + "\r\n"
                + "Accept: */*\r\n"
                + "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n"
                + form
                + "Connection: close\r\n\r\n"
                + body;
    }

    private static Visit readStatus(InputStream in) throws IOException {
        String answer = new String(in.readNBytes(LARGEST_ANSWER), StandardCharsets.ISO_8859_1);
        if (!answer.matches("(?s)HTTP/1\\.[01] \\d{3}\\b.*")) {
            return new Visit.Broken("the answer is not HTTP");
        }
        return new Visit.Answered(Integer.parseInt(answer.substring(9, 12)));
    }

    private Optional<InetAddress> loopbackAddressOf(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equals("127.0.0.1") || bare.equals("::1") || bare.equalsIgnoreCase("localhost")) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        return DomainName.tryParse(bare)
                .flatMap(name -> resolver.addresses(name).recordsOrEmpty().stream()
                        .filter(InetAddress::isLoopbackAddress)
                        .findFirst());
    }
}
