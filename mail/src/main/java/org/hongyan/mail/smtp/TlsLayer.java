package org.hongyan.mail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a connected socket (RFC 3207). One context serves all policies, so that sessions are resumed; who may answer
 * is decided after the handshake, because the policy is the recipient domain's and not the socket's.
 */
final class TlsLayer {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;
    private final X509TrustManager authorities;

    /** @param authorities certificates trusted for {@link TlsPolicy.Verified}; null for those of the JDK */
    TlsLayer(@Nullable KeyStore authorities) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            this.authorities = trustManager(authorities);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK has no TLS", broken);
        }
    }

    /** Shakes hands; {@code host} goes into SNI and names the session to resume. */
    SSLSocket handshake(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        socket.setSSLParameters(parameters);
        socket.setUseClientMode(true);
        socket.startHandshake();
        return socket;
    }

    /** Protocol and cipher suite, for people. */
    static String describe(SSLSession session) {
        return session.getProtocol() + " " + session.getCipherSuite();
    }

    /** Whether whoever answered is whom {@code policy} asks for. */
    void verify(SSLSession session, String host, TlsPolicy policy) throws CertificateException, IOException {
        switch (policy) {
            case TlsPolicy.Opportunistic(), TlsPolicy.Encrypted(), TlsPolicy.Clear() -> {
                // Anybody: encryption without a name keeps off those who only listen.
            }
            case TlsPolicy.Verified() -> {
                X509Certificate[] chain = chain(session);
                authorities.checkServerTrusted(chain, "UNKNOWN");
                CertificateNames.require(chain[0], host);
            }
            case TlsPolicy.Dane dane -> DaneCheck.require(dane, chain(session), host);
        }
    }

    private static X509Certificate[] chain(SSLSession session) throws IOException {
        Certificate[] certificates = session.getPeerCertificates();
        X509Certificate[] chain = new X509Certificate[certificates.length];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = (X509Certificate) certificates[i];
        }
        return chain;
    }

    private static X509TrustManager trustManager(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }

    /** Lets every certificate through the handshake; {@link #verify} judges afterwards. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
