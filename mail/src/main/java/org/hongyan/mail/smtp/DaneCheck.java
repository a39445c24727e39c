package org.hongyan.mail.smtp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.hongyan.mail.dns.DnsResolver;

/** Compares a certificate chain with TLSA records (RFC 7672 §3). Usages 0 and 1 are of no use in SMTP (§3.1.3). */
final class DaneCheck {

    private static final int TRUST_ANCHOR = 2;
    private static final int END_ENTITY = 3;

    private DaneCheck() {}

    static void require(TlsPolicy.Dane policy, X509Certificate[] chain, String host) throws CertificateException {
        boolean usable = false;
        for (DnsResolver.Tlsa record : policy.records()) {
            if (!isUsable(record)) {
                continue;
            }
            usable = true;
            boolean matched = record.usage() == END_ENTITY
                    ? matches(record, chain[0])
                    : isAnchored(record, chain) && isNamed(chain[0], host, policy.names());
            if (matched) {
                return;
            }
        }
        // RFC 7672 §2.2: records that are all unusable still ask for encryption, which there is by now.
        if (usable) {
            throw new CertificateException("no TLSA record matches the certificate of " + host);
        }
    }

    private static boolean isUsable(DnsResolver.Tlsa record) {
        return (record.usage() == TRUST_ANCHOR || record.usage() == END_ENTITY)
                && record.selector() >= 0
                && record.selector() <= 1
                && record.matchingType() >= 0
                && record.matchingType() <= 2;
    }

    private static boolean matches(DnsResolver.Tlsa record, X509Certificate certificate) throws CertificateException {
        byte[] selected = record.selector() == 0
                ? certificate.getEncoded()
                : certificate.getPublicKey().getEncoded();
        return MessageDigest.isEqual(record.data(), digest(record.matchingType(), selected));
    }

    private static byte[] digest(int matchingType, byte[] selected) throws CertificateException {
        try {
            return switch (matchingType) {
                case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
                case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
                default -> selected;
            };
        } catch (GeneralSecurityException missing) {
            throw new CertificateException("this JDK lacks SHA-2", missing);
        }
    }

    private static boolean isAnchored(DnsResolver.Tlsa record, X509Certificate[] chain) throws CertificateException {
        for (int i = 0; i < chain.length; i++) {
            if (matches(record, chain[i]) && leadsTo(chain, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsTo(X509Certificate[] chain, int anchor) {
        try {
            // An anchor that is the host's own certificate signs nothing; its dates count all the same.
            if (anchor == 0) {
                chain[0].checkValidity();
                return true;
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(chain[anchor], null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(Arrays.asList(chain).subList(0, anchor)),
                            parameters);
            return true;
        } catch (GeneralSecurityException notAnchored) {
            return false;
        }
    }

    private static boolean isNamed(X509Certificate leaf, String host, List<String> names) throws CertificateException {
        if (CertificateNames.matches(leaf, host)) {
            return true;
        }
        for (String name : names) {
            if (CertificateNames.matches(leaf, name)) {
                return true;
            }
        }
        return false;
    }
}
