package org.hongyan.mail.smtp;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The DNS names that a certificate speaks for (RFC 6125, RFC 8461 §4.2: subject alternative names only). */
final class CertificateNames {

    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    static void require(X509Certificate certificate, String host) throws CertificateException {
        if (!matches(certificate, host)) {
            throw new CertificateException("the certificate is not for " + host);
        }
    }

    static boolean matches(X509Certificate certificate, String host) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return false;
        }
        String wanted = host.toLowerCase(Locale.ROOT);
        for (List<?> name : names) {
            if (name.get(0) instanceof Integer type
                    && type == DNS_NAME
                    && matches(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT), wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot + 1).equals(pattern.substring(2));
    }
}
