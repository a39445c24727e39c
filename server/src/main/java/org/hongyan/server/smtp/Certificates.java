package org.hongyan.server.smtp;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS context made of two PEM files, made anew when one of them has changed, so that a renewed certificate needs no
 * restart. While a renewal is half done, or went wrong, the last good one stays in use. Thread-safe.
 */
final class Certificates implements Supplier<SSLContext> {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final Path chainFile;
    private final Path keyFile;
    private String stamp = "";
    private @Nullable SSLContext context;

    /** @throws IllegalStateException with a sentence for the operator when the files cannot be used */
    Certificates(Path chainFile, Path keyFile) {
        this.chainFile = chainFile;
        this.keyFile = keyFile;
        try {
            stamp = stamp();
            context = load();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IllegalStateException(
                    "The certificate " + chainFile + " with the key " + keyFile + " cannot be used: "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    @Override
    public synchronized SSLContext get() {
        String seen = "";
        try {
            seen = stamp();
            if (!seen.equals(stamp)) {
                context = load();
                LOG.info("The certificate of mail submission was read again from {}", chainFile);
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            if (!seen.equals(stamp)) {
                LOG.warn(
                        "The certificate {} with the key {} cannot be used, the last good one stays: {}",
                        chainFile,
                        keyFile,
                        unusable.getMessage());
            }
        }
        stamp = seen;
        return Objects.requireNonNull(context);
    }

    private String stamp() throws IOException {
        return Files.getLastModifiedTime(chainFile) + " " + Files.size(chainFile) + " "
                + Files.getLastModifiedTime(keyFile) + " " + Files.size(keyFile);
    }

    private SSLContext load() throws IOException, GeneralSecurityException {
        X509Certificate[] chain = chain();
        PrivateKey key = key();
        requireMatch(key, chain[0].getPublicKey());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        char[] password = HexFormat.of().formatHex(secret).toCharArray();
        store.setKeyEntry("submission", key, password, chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(managers.getKeyManagers(), null, null);
        return made;
    }

    private X509Certificate[] chain() throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(chainFile)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in it");
            }
            return found.toArray(new X509Certificate[0]);
        }
    }

    private PrivateKey key() throws IOException {
        try (Reader in = Files.newBufferedReader(keyFile);
                PEMParser parser = new PEMParser(in)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            // Files of elliptic curve keys often open with the parameters of the curve.
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                if (found instanceof PEMKeyPair pair) {
                    KeyPair both = converter.getKeyPair(pair);
                    return both.getPrivate();
                }
            }
        }
        throw new IllegalArgumentException("there is no unencrypted private key in the key file");
    }

    /** Two files that do not belong together would only be noticed by clients. */
    private static void requireMatch(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] probe = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        if (!key.getAlgorithm().regionMatches(true, 0, certified.getAlgorithm(), 0, 2)) {
            throw new IllegalArgumentException("the key is not that of the certificate");
        }
        Signature check = Signature.getInstance(algorithm);
        check.initVerify(certified);
        check.update(probe);
        if (!check.verify(signed)) {
            throw new IllegalArgumentException("the key is not that of the certificate");
        }
    }
}
