package org.hongyan.mail.dkim;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * An RSA key pair that signs mail, and the DNS record that publishes its public half (RFC 6376 §3.6.1).
 *
 * <p>Immutable and thread-safe. {@link #toString} tells nothing about the key.
 */
public final class DkimKey {

    private static final int BITS = 2048;
    private static final int FEWEST_BITS = 1024;
    private static final int MOST_BITS = 4096;

    private final RSAPrivateCrtKey privateKey;
    private final byte[] publicKey;
    private final Pool<Signature> signatures = new Pool<>(this::initialised);

    private DkimKey(RSAPrivateCrtKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new key of 2,048 bits. Takes about a tenth of a second. */
    public static DkimKey generateRsa2048() {
        KeyPairGenerator generator = DkimCrypto.rsaKeyPairs();
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        return new DkimKey(
                (RSAPrivateCrtKey) pair.getPrivate(), pair.getPublic().getEncoded());
    }

    /**
     * The key that {@link #pkcs8} gave.
     *
     * @param der PKCS #8, unencrypted
     * @throws IllegalArgumentException when it is no RSA private key of 1,024 to 4,096 bits
     */
    public static DkimKey ofPkcs8(byte[] der) {
        try {
            if (!(DkimCrypto.rsaKeys().generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof RSAPrivateCrtKey key)) {
                throw new IllegalArgumentException("the RSA private key lacks its primes");
            }
            int bits = key.getModulus().bitLength();
            if (bits < FEWEST_BITS || bits > MOST_BITS) {
                throw new IllegalArgumentException("an RSA key of " + bits + " bits is not fit for DKIM");
            }
            return new DkimKey(key, encodedPublic(key.getModulus(), key.getPublicExponent()));
        } catch (InvalidKeySpecException malformed) {
            throw new IllegalArgumentException("not an RSA private key in PKCS #8", malformed);
        }
    }

    /** The private key in PKCS #8, unencrypted: a secret. */
    public byte[] pkcs8() {
        return privateKey.getEncoded();
    }

    /** The text of the TXT record at {@code <selector>._domainkey.<domain>}: {@code v=DKIM1; k=rsa; p=...}. */
    public String dnsRecord() {
        return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(publicKey);
    }

    /** The PKCS #1 v1.5 signature over SHA-256 of the first {@code length} octets. */
    byte[] sign(byte[] data, int length) {
        Signature signature = signatures.take();
        try {
            signature.update(data, 0, length);
            byte[] signed = signature.sign();
            signatures.giveBack(signature);
            return signed;
        } catch (SignatureException broken) {
            throw new IllegalStateException("the key does not sign", broken);
        }
    }

    private Signature initialised() {
        try {
            Signature signature = DkimCrypto.signature();
            signature.initSign(privateKey);
            return signature;
        } catch (InvalidKeyException broken) {
            throw new IllegalStateException("the key does not sign", broken);
        }
    }

    private static byte[] encodedPublic(BigInteger modulus, BigInteger exponent) throws InvalidKeySpecException {
        return DkimCrypto.rsaKeys()
                .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                .getEncoded();
    }

    @Override
    public String toString() {
        return "DkimKey[RSA-" + privateKey.getModulus().bitLength() + "]";
    }
}
