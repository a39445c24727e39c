package org.hongyan.server.smtp;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.hongyan.server.store.DataFolder;

/**
 * A certificate that vouches for itself, for an operator who has none yet. Kept in the data folder, so that a client
 * that was told to trust it still does after a restart; made anew when it is near its end or names another host.
 */
final class SelfMadeCertificate {

    static final String CHAIN = "smtp-certificate.pem";
    static final String KEY = "smtp-key.pem";

    private static final Duration VALIDITY = Duration.ofDays(2 * 365);
    private static final Duration NEAR_END = Duration.ofDays(60);

    private SelfMadeCertificate() {}

    /** Makes the two files where they are missing or old. */
    static void provide(DataFolder folder, String hostName, Instant now) {
        if (isGood(folder.resolve(CHAIN), folder.resolve(KEY), hostName, now)) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            folder.writePrivate(KEY, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
            folder.writePrivate(CHAIN, pem(certificate(pair, hostName, now)));
        } catch (GeneralSecurityException | IOException | OperatorCreationException failed) {
            throw new IllegalStateException("this Java cannot make a certificate", failed);
        }
    }

    private static boolean isGood(Path chain, Path key, String hostName, Instant now) {
        if (!Files.exists(chain) || !Files.exists(key)) {
            return false;
        }
        try (var in = Files.newInputStream(chain)) {
            X509Certificate kept =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Collection<List<?>> names = kept.getSubjectAlternativeNames();
            return names != null
                    && names.stream().anyMatch(name -> hostName.equals(name.get(1)))
                    && kept.getNotAfter().toInstant().isAfter(now.plus(NEAR_END));
        } catch (IOException | GeneralSecurityException damaged) {
            return false;
        }
    }

    private static X509Certificate certificate(KeyPair pair, String hostName, Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var name = new X500NameBuilder().addRDN(BCStyle.CN, hostName).build();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(VALIDITY)),
                name,
                pair.getPublic());
        GeneralName[] names = {
            new GeneralName(GeneralName.dNSName, hostName),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
