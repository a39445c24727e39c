package org.hongyan.server.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed and plain digests of the two signature methods. */
final class Hmac {

    private Hmac() {}

    static byte[] sha256(byte[] key, String text) {
        return mac("HmacSHA256", key, text);
    }

    static byte[] sha1(byte[] key, String text) {
        return mac("HmacSHA1", key, text);
    }

    static String sha256Hex(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException noSuchAlgorithm) {
            throw new IllegalStateException("every JDK has SHA-256", noSuchAlgorithm);
        }
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException noSuchAlgorithm) {
            throw new IllegalStateException("every JDK has " + algorithm, noSuchAlgorithm);
        }
    }
}
